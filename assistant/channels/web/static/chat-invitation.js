/* A clinic's invitation in the address (#i=...): taken out of it at once, and used only after the person was asked. */

import { sure } from "./chat-menu.js";

export function takeInvitation() {
  const found = /^#i=([\w-]{8,64})$/.exec(location.hash);
  if (found) history.replaceState(history.state, "", location.pathname + location.search);
  return found?.[1] ?? "";
}

/* Asks whether the clinic may see the conversation, begins it either way, and says how it stands. */
export async function beginInvited(invitation, frame, texts, talk) {
  const { invitation: words } = texts;
  const given = await sure(frame, { ...words, cancel: words.invitation_no }, "invitation");
  try {
    const told = await talk.api.accept(invitation, { given, wording: words.wording });
    talk.log.notice(words[told]);
  } catch (failure) {
    talk.log.notice(failure.text || words.not_valid);
  }
  talk.composer.box.focus();
}
