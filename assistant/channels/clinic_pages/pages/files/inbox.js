/* Keeps the inbox up to date while it is open. Without it, loading the page again does the same. */

const EVERY_MILLISECONDS = 8000;
const list = () => document.querySelector("#cases");
const told = document.querySelector("#news");

async function look() {
  if (document.hidden) return;
  const reply = await fetch(list().dataset.ask, { cache: "no-store", credentials: "same-origin", headers: { "X-Watching": "yes" } }).catch(() => null);
  if (reply?.status === 401) {
    clearInterval(looking);
    told.textContent = told.dataset.ended;
  }
  if (!reply?.ok) return;
  const { stamp } = await reply.json();
  if (stamp !== list().dataset.stamp) refresh();
}

/* The same page once more, of which only the list is taken; the focus stays on the case it was on. */
function refresh() {
  const request = new XMLHttpRequest();
  request.open("GET", location.href);
  request.responseType = "document";
  request.setRequestHeader("X-Watching", "yes");
  request.addEventListener("load", () => {
    const fresh = request.response?.querySelector("#cases");
    if (!fresh) return;
    const focused = list().contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    list().replaceWith(document.adoptNode(fresh));
    if (focused) list().querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
    told.textContent = told.dataset.arrived;
    setTimeout(() => { told.textContent = ""; }, 20000);
  });
  request.send();
}

const looking = setInterval(look, EVERY_MILLISECONDS);
document.addEventListener("visibilitychange", look);
