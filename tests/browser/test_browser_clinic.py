"""The pages of the clinic in a browser: axe in every state, phone and desk, keyboard, live update, and a patient's invitation."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from chat_page import AXE_RULES
from clinic_cases import EMERGENCY, case_id, name_person, talked, told
from clinic_door import PASSWORD, ClinicDoor, open_clinic
from playwright.sync_api import Browser, Page, expect

from assistant.clinic import ledger
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from tests.clinic.talking import finished, keep_all

pytestmark = pytest.mark.browser
OpenClinic = Callable[..., Page]
URGENT = {"fever_systemic": True}


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge, reader: Reader) -> Iterator[ClinicDoor]:
    with open_clinic(tmp_path_factory.mktemp("clinic"), "anna") as door:
        talked(door.engine, knowledge, reader, EMERGENCY, "emergency")
        name_person(door.engine, "emergency", "Record 4711 " + "LongWord" * 20)
        told(door.engine, knowledge, "urgent", text="x" * 400, **URGENT)
        name_person(door.engine, "urgent", "محمد عبد الله")
        turn = finished({"sitting_hours": 8}, knowledge, "calm", 1)
        keep_all(door.engine, [replace(turn, at=time.time())])
        yield door


@pytest.fixture
def open_clinic_page(chromium: Browser, clinic: ClinicDoor) -> Iterator[OpenClinic]:
    """Opens a page, signed in unless told otherwise; keywords go to the browser context."""
    contexts = []

    def opener(path: str = "", signed_in: bool = True, **settings: object) -> Page:
        around = {"reduced_motion": "reduce", "viewport": {"width": 390, "height": 844}, **settings}
        context = chromium.new_context(**around)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda line: pytest.fail(line.text) if "Content Security" in line.text else None)
        page.goto(f"{clinic.address}/clinic/sign-in")
        if signed_in:
            _sign_in(page)
            page.goto(f"{clinic.address}/clinic/{path}")
        return page

    yield opener
    for context in contexts:
        context.close()


def _sign_in(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Name").fill("anna")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def _faults(page: Page) -> list[str]:
    found = Axe().run(page, options=AXE_RULES).response["violations"]
    return [f"{each['id']}: {node['target']} {node['any'][:1]}" for each in found for node in each["nodes"]]


def _case(page: Page, clinic: ClinicDoor, name: str, more: str = "") -> None:
    page.goto(f"{clinic.address}/clinic/cases/{case_id(clinic.engine, name)}{more}")


def _invite(page: Page, clinic: ClinicDoor, name: str = "Record 1") -> None:
    page.goto(f"{clinic.address}/clinic/invitations")
    page.get_by_label("For whom").fill(name)
    page.get_by_label("Reason (optional)").fill("groin pain")
    page.get_by_role("button", name="Make the link").click()


def _invite_wrongly(page: Page, clinic: ClinicDoor) -> None:
    page.goto(f"{clinic.address}/clinic/invitations")
    page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
    page.get_by_role("button", name="Make the link").click()


STATES: dict[str, Callable[[Page, ClinicDoor], object]] = {
    "inbox": lambda page, clinic: None,
    "inbox, nothing fits": lambda page, clinic: page.goto(f"{clinic.address}/clinic/?until=2001-01-01"),
    "emergency": lambda page, clinic: _case(page, clinic, "emergency"),
    "urgent": lambda page, clinic: _case(page, clinic, "urgent"),
    "calm": lambda page, clinic: _case(page, clinic, "calm"),
    "changed meanwhile": lambda page, clinic: _case(page, clinic, "calm", "?changed=yes"),
    "sure to delete": lambda page, clinic: _case(page, clinic, "calm", "/delete"),
    "invitations": lambda page, clinic: page.goto(f"{clinic.address}/clinic/invitations"),
    "invitation refused": _invite_wrongly,
    "invited": _invite,
    "statistics": lambda page, clinic: page.goto(f"{clinic.address}/clinic/statistics"),
    "account": lambda page, clinic: page.goto(f"{clinic.address}/clinic/account"),
    "nothing there": lambda page, clinic: page.goto(f"{clinic.address}/clinic/nothing"),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(open_clinic_page: OpenClinic, clinic: ClinicDoor, state: str, scheme: str) -> None:
    page = open_clinic_page(color_scheme=scheme)
    STATES[state](page, clinic)
    assert _faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_before_signing_in(open_clinic_page: OpenClinic, scheme: str) -> None:
    page = open_clinic_page(signed_in=False, color_scheme=scheme)
    assert _faults(page) == []
    _sign_in(page, "wrong")
    expect(page.get_by_role("alert")).to_contain_text("Not signed in")
    assert _faults(page) == []
    _sign_in(page)  # takes the failure back


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("state", STATES)
def test_no_page_is_wider_than_its_window(
    open_clinic_page: OpenClinic, clinic: ClinicDoor, state: str, width: int
) -> None:
    page = open_clinic_page(viewport={"width": width, "height": 800})
    STATES[state](page, clinic)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("state", ["inbox", "emergency", "invitations", "account"])
def test_targets_are_large_enough(open_clinic_page: OpenClinic, clinic: ClinicDoor, state: str) -> None:
    page = open_clinic_page()
    STATES[state](page, clinic)
    small = page.evaluate(
        "[...document.querySelectorAll('button, input:not([type=hidden]), select, nav a, .files a, .danger, .count')]"
        ".map((e) => [e.innerText || e.name, e.getBoundingClientRect()])"
        ".filter(([, box]) => box.height < 24 || box.width < 24).map(([name]) => name)"
    )
    assert small == []


def test_without_scripts_everything_can_be_done(
    open_clinic_page: OpenClinic, clinic: ClinicDoor, knowledge: Knowledge
) -> None:
    told(clinic.engine, knowledge, "plain", text="words to delete")
    page = open_clinic_page(java_script_enabled=False)
    _case(page, clinic, "plain")
    page.get_by_label("For the people of this clinic").fill("called back")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_label("For the people of this clinic")).to_have_value("called back")
    page.get_by_role("button", name="Mark as reviewed").first.click()
    expect(page.get_by_text("Reviewed by anna.").first).to_be_visible()
    page.get_by_role("link", name="Delete this case").click()
    page.get_by_role("button", name="Delete it for good").click()
    expect(page.get_by_text("Receipt")).to_be_visible()


def test_a_case_that_arrives_is_on_the_list_by_itself_and_is_announced(
    open_clinic_page: OpenClinic, clinic: ClinicDoor, knowledge: Knowledge
) -> None:
    page = open_clinic_page()
    page.get_by_role("link", name="Record 4711").focus()
    told(clinic.engine, knowledge, "newcomer", **URGENT)
    name_person(clinic.engine, "newcomer", "Newcomer")
    expect(page.get_by_role("link", name="Newcomer")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("status")).to_contain_text("on the list now")
    expect(page.get_by_role("link", name="Record 4711")).to_be_focused()


def test_an_emergency_is_unmistakable_without_colour(open_clinic_page: OpenClinic) -> None:
    page = open_clinic_page(forced_colors="active")
    first = page.get_by_role("listitem").filter(has_text="Record 4711")
    expect(first.get_by_text("Emergency")).to_be_visible()
    assert first.locator("svg").count() == 1
    frame = "(e) => ['Top', 'Left'].map((side) => parseFloat(getComputedStyle(e)[`border${side}Width`]))"
    assert [width >= 2 for width in first.evaluate(frame)] == [True, True]


def test_from_a_phrase_to_its_finding_and_back_by_keyboard(open_clinic_page: OpenClinic, clinic: ClinicDoor) -> None:
    page = open_clinic_page()
    _case(page, clinic, "emergency")
    page.locator("a.tag.flag").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("tr:target")).to_have_id("f-saddle_numbness")
    page.locator("tr:target a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("li:target")).to_have_id("turn-2")


def test_the_keyboard_reaches_the_content_past_the_menu(open_clinic_page: OpenClinic) -> None:
    page = open_clinic_page()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_patient_opens_the_link_is_asked_and_shares(
    open_clinic_page: OpenClinic, clinic: ClinicDoor, chromium: Browser
) -> None:
    page = open_clinic_page()
    _invite(page, clinic, "Record 99")
    link = page.get_by_label("Link", exact=True).input_value()
    patient = chromium.new_context(reduced_motion="reduce").new_page()
    asked: list[str] = []
    patient.on("request", lambda request: asked.append(request.url))
    patient.goto(link)
    expect(patient.get_by_role("dialog", name="May your clinic see this conversation?")).to_be_visible()
    assert "#" not in patient.url
    assert _faults(patient) == []
    patient.get_by_role("button", name="Yes, share it").click()
    expect(patient.get_by_text("Your clinic will see this conversation")).to_be_visible()
    assert not any(link.partition("#i=")[2] in url for url in asked)
    patient.get_by_label("Your message").fill("hello")
    patient.get_by_label("Your message").press("Enter")
    expect(patient.locator("psoas-chat .bot .bubble").first).to_be_visible()
    patient.reload()
    expect(patient.locator("psoas-chat .person .bubble")).to_contain_text("hello")
    with ledger.reading(clinic.engine) as connection:
        assert "Record 99" in connection.exec_driver_sql("SELECT group_concat(known_as) FROM talks").scalar_one()
    patient.goto("about:blank")
    patient.goto(link)
    patient.get_by_role("button", name="Yes, share it").click()
    expect(patient.get_by_text("cannot be used any more")).to_be_visible()
    patient.context.close()


@pytest.mark.parametrize("how", ["button", "Escape"])
def test_a_patient_who_says_no_talks_without_the_clinic(
    open_clinic_page: OpenClinic, clinic: ClinicDoor, chromium: Browser, how: str
) -> None:
    page = open_clinic_page()
    _invite(page, clinic, "Record 98")
    patient = chromium.new_context(reduced_motion="reduce").new_page()
    patient.goto(page.get_by_label("Link", exact=True).input_value())
    if how == "Escape":
        patient.get_by_role("dialog").wait_for()
        patient.keyboard.press("Escape")
    else:
        patient.get_by_role("button", name="No, keep it to myself").click()
    expect(patient.get_by_text("Your clinic does not see this conversation")).to_be_visible()
    with ledger.reading(clinic.engine) as connection:
        names = connection.exec_driver_sql("SELECT group_concat(known_as) FROM talks").scalar_one()
    assert "Record 98" not in names
    patient.context.close()
