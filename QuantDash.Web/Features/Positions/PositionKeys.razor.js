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
