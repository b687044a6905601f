export function open(dialog, owner) {
    dialog.addEventListener("cancel", event => {
        event.preventDefault();
        owner.invokeMethodAsync("CloseAsync");
    });
    if (!dialog.open) dialog.showModal();
    // The first thing to fill in, not the cross in the corner.
    (dialog.querySelector(".body .first input") ?? dialog.querySelector(".body input:not([disabled]), .body select, footer .button"))?.focus();
}
