const KEYS = ["j", "k", "b", "s", "?"];

export function listen(owner) {
    const onKey = event => {
        if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.repeat || !KEYS.includes(event.key)) return;
        if (event.target.closest?.("input, select, textarea, [contenteditable], dialog") || document.querySelector("dialog[open]")) return;
        event.preventDefault();
        owner.invokeMethodAsync("PressAsync", event.key);
    };
    document.addEventListener("keydown", onKey);
    return { stop: () => document.removeEventListener("keydown", onKey) };
}

export function reveal(symbol, share) {
    const frame = document.querySelector(".holdings");
    const row = frame?.querySelector(`[data-details="${CSS.escape(symbol)}"]`)?.closest("tr");
    if (row) row.scrollIntoView({ block: "nearest" });
    else if (frame) frame.scrollTop = frame.scrollHeight * share - frame.clientHeight / 2;
}
