/* Tabs of one browser share the conversation while one of them is open; with the last one the key to it is gone. */

const WAIT_MILLISECONDS = 80;

export class Tabs {
  /* `token` gives this tab's key; `told` is called with {changed} or {gone}: the conversation that another tab went on with. */
  constructor(name, token, told) {
    this.channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(name) : null;
    this.channel?.addEventListener("message", ({ data }) => {
      if (data.asks && token()) this.tell({ token: token() });
      else if (data.token) this.found?.(data.token);
      else told(data);
    });
  }

  tell(content) {
    this.channel?.postMessage(content);
  }

  /* The key of another open tab, or "" after a moment. */
  ask() {
    if (!this.channel) return Promise.resolve("");
    return new Promise((resolve) => {
      this.found = resolve;
      setTimeout(() => resolve(""), WAIT_MILLISECONDS);
      this.tell({ asks: true });
    });
  }
}

/* Which conversation a token stands for; the server alone can tell whether it is a good one. */
export function conversationOf(token) {
  try {
    return JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/"))).sub;
  } catch {
    return "";
  }
}
