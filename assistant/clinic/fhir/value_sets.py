"""The value sets of FHIR R4 that must be kept to, for every field that is written or taken in here; the library that checks the
structure does not look at them."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.clinic.fhir.codes import ABSENT, CATEGORY, PART, SCOPE

_OBSERVED = "registered preliminary final amended corrected cancelled entered-in-error unknown"
_PUBLISHED = "draft active retired unknown"
_TIME = "s min h d wk mo a"

REQUIRED: Mapping[str, frozenset[str]] = {
    field: frozenset(codes.split())
    for field, codes in {
        "Bundle.type": "document message transaction transaction-response batch batch-response history searchset collection",
        "Questionnaire.status": _PUBLISHED,
        "Questionnaire.item.type": "group display boolean decimal integer date dateTime time string text url choice open-choice "
        "attachment reference quantity",
        "QuestionnaireResponse.status": "in-progress completed amended entered-in-error stopped",
        "Observation.status": _OBSERVED,
        "RiskAssessment.status": _OBSERVED,
        "CarePlan.status": "draft active on-hold revoked completed entered-in-error unknown",
        "CarePlan.intent": "proposal plan order option",
        "CarePlan.activity.detail.status": "not-started scheduled in-progress on-hold completed cancelled stopped unknown "
        "entered-in-error",
        "CarePlan.activity.detail.scheduledTiming.repeat.durationUnit": _TIME,
        "CarePlan.activity.detail.scheduledTiming.repeat.periodUnit": _TIME,
        "Consent.status": "draft proposed active rejected inactive entered-in-error",
        "Provenance.entity.role": "derivation revision quotation source removal",
        "Device.status": "active inactive entered-in-error unknown",
        "Device.deviceName.type": "udi-label-name user-friendly-name patient-reported-name manufacturer-name model-name other",
        "CodeSystem.status": _PUBLISHED,
        "CodeSystem.content": "not-present example fragment complete supplement",
        "CodeSystem.hierarchyMeaning": "grouped-by is-a part-of classified-with",
        "OperationOutcome.issue.severity": "fatal error warning information",
        "OperationOutcome.issue.code": "invalid structure required value invariant security login unknown expired forbidden "
        "suppressed processing not-supported duplicate multiple-matches not-found deleted too-long code-invalid extension "
        "too-costly business-rule conflict transient lock-error no-store exception timeout incomplete throttled informational",
    }.items()
}
"""Field to the codes that its required binding allows."""

CLOSED: Mapping[str, frozenset[str]] = {
    ABSENT: frozenset(
        "unknown asked-unknown temp-unknown not-asked asked-declined masked not-applicable unsupported as-text error "
        "not-a-number negative-infinity positive-infinity not-performed not-permitted".split()
    ),
    CATEGORY: frozenset("social-history vital-signs imaging laboratory procedure survey exam therapy activity".split()),
    SCOPE: frozenset("adr research patient-privacy treatment".split()),
    PART: frozenset("enterer performer author verifier legal attester informant custodian assembler composer".split()),
}
"""The codes of FHIR's own code systems that are used."""
