"use strict";
// Fetches the parts of the page that changed, every ten seconds while somebody looks; what did not change stays as it
// is, with its scroll and its focus. What comes is the console's own text, in which the services' is escaped.
(() => {
  const body = document.querySelector("[data-refresh]");
  const state = document.getElementById("state");
  const refresh = async () => {
    if (document.hidden) return;
    const parts = [...body.querySelectorAll("[data-digest]")];
    const have = parts.map((part) => part.dataset.digest).join(".");
    try {
      const answer = await fetch(body.dataset.refresh + "&have=" + have, { cache: "no-store" });
      if (answer.status === 401 || answer.status === 403) return location.assign("/sign-in");
      if (!answer.ok) throw new Error(answer.status);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of fresh.querySelectorAll("[data-digest]")) {
        const old = document.getElementById(part.id);
        if (old && !old.contains(document.activeElement)) old.replaceWith(part);
      }
      state.textContent = "更新于 " + new Date().toLocaleTimeString("zh-CN");
    } catch {
      state.textContent = "网关暂无答复，稍后再试";
    }
  };
  setInterval(refresh, 10000);
  document.addEventListener("visibilitychange", refresh);
})();
