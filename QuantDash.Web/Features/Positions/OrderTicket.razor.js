// Arrows step a price by a tick and, with shift, the volume; Enter shows what would be sent, Enter again sends it.
export function listen(inside, owner) {
    inside.closest("dialog").addEventListener("keydown", event => {
        if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
        const field = event.target;
        if ((event.key === "ArrowUp" || event.key === "ArrowDown") && field.tagName !== "SELECT") {
            event.preventDefault();
            commit(field);
            owner.invokeMethodAsync("StepAsync", event.key === "ArrowUp" ? 1 : -1, event.shiftKey);
        } else if (event.key === "Enter" && field.tagName === "INPUT") {
            event.preventDefault();
            if (event.repeat) return;
            commit(field);
            owner.invokeMethodAsync("EnterAsync");
        }
    });
}

// What was typed counts before the key does.
function commit(field) {
    if (field.tagName === "INPUT") field.dispatchEvent(new Event("change", { bubbles: true }));
}
