/* Include me on any page: <script src="https://…/widget.js"></script><psoas-chat></psoas-chat> */
(() => {
  const here = document.currentScript ? document.currentScript.src : location.href;
  import(new URL("__STATIC__/chat.js", here).href);
})();
