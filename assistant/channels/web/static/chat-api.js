/* Talks to the server: a session token, messages answered by server-sent events, the history. */

import { conversationOf, Tabs } from "./chat-tabs.js";

export class Failure extends Error {
  constructor(code, text = "") {
    super(code);
    this.code = code;
    this.text = text;
  }
}

export class Api {
  constructor(base, locale, on) {
    this.base = base;
    this.locale = locale || navigator.language;
    this.on = on;
    this.key = `psoas-chat ${base}`;
    this.memory = "";
    this.tabs = new Tabs(this.key, () => this.token, (news) => this.hear(news));
  }

  /* The token lives as long as the tabs that have it: health details should not wait for the next user of the device. */
  get token() {
    try {
      return sessionStorage.getItem(this.key) || this.memory;
    } catch {
      return this.memory;
    }
  }

  set token(value) {
    this.memory = value;
    try {
      if (value) sessionStorage.setItem(this.key, value);
      else sessionStorage.removeItem(this.key);
    } catch {
      /* Storage is blocked: the token stays in memory. */
    }
  }

  async send(entry, onEvent) {
    if (!this.token) await this.renew();
    const body = JSON.stringify({
      text: entry.text, shown: entry.shown === entry.text ? undefined : entry.shown, id: entry.id, metadata: { locale: this.locale },
    });
    let reply = await this.request("POST", "messages", body);
    if (reply.status === 401) {
      await this.renew();
      this.on.renewed();
      reply = await this.request("POST", "messages", body);
    }
    await refuse(reply);
    await readEvents(reply, onEvent).finally(() => this.tell("changed"));
  }

  tell(news) {
    this.tabs.tell({ [news]: conversationOf(this.token) });
  }

  /* Another tab went on with this conversation, or deleted it. */
  hear({ changed, gone }) {
    const own = conversationOf(this.token);
    if (!own || own !== (changed ?? gone)) return;
    if (gone) this.token = "";
    if (gone) this.on.gone();
    else this.on.changed();
  }

  /* What this tab had is deleted. */
  forget() {
    this.tell("gone");
    this.token = "";
  }

  async history() {
    if (!this.token) this.token = await this.tabs.ask() || this.token;
    if (!this.token) return [];
    const reply = await this.request("GET", "history");
    if (reply.status === 401) this.token = "";
    if (reply.status === 401) return [];
    await refuse(reply);
    const { messages } = await reply.json();
    if (messages.length) this.keepFresh();
    return messages;
  }

  async remove() {
    if (!this.token) return [];
    const reply = await this.request("DELETE", "data");
    if (reply.status === 401) return [];
    await refuse(reply);
    return (await reply.json()).messages;
  }

  async renew() {
    this.token = "";
    const reply = await this.request("POST", "session");
    await refuse(reply);
    this.token = (await reply.json()).token;
  }

  /* Begins a conversation with a clinic's invitation; "shared", "kept" (the person said no) or "not_valid". */
  async accept(invitation, consent) {
    this.token = "";
    const reply = await this.request("POST", "session", JSON.stringify({ invitation, consent }));
    await refuse(reply);
    const { token, invitation: told } = await reply.json();
    this.token = token;
    return told;
  }

  /* A longer-lived token for the same conversation; not urgent, so a failure is let go. */
  async keepFresh() {
    const reply = await this.request("POST", "session").catch(() => null);
    if (reply && reply.ok) this.token = (await reply.json()).token;
  }

  async request(method, path, body) {
    const headers = body ? { "Content-Type": "application/json" } : {};
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    try {
      return await fetch(this.base + path, { method, headers, body, cache: "no-store", credentials: "omit" });
    } catch {
      throw new Failure(navigator.onLine ? "unreachable" : "offline");
    }
  }
}

async function refuse(reply) {
  if (reply.ok) return;
  const { error } = await reply.json().catch(() => ({}));
  throw new Failure(error?.code ?? "unreachable", error?.text);
}

/* Reads events until "done"; anything else that ends the stream is a failure. */
async function readEvents(reply, onEvent) {
  const reader = reply.body.getReader();
  const decoder = new TextDecoder();
  let waiting = "";
  for (;;) {
    const { done, value } = await reader.read().catch(() => ({ done: true }));
    if (done) throw new Failure(navigator.onLine ? "unreachable" : "offline");
    const blocks = (waiting + decoder.decode(value, { stream: true })).split("\n\n");
    waiting = blocks.pop();
    for (const block of blocks) {
      const event = parse(block);
      if (event.name === "done") return;
      if (event.name === "error") throw new Failure(event.content.code, event.content.text);
      if (event.name === "message") onEvent(event.content);
    }
  }
}

function parse(block) {
  const found = /^event: (\w+)\ndata: (.*)$/.exec(block);
  return found ? { name: found[1], content: JSON.parse(found[2]) } : { name: "ping" };
}
