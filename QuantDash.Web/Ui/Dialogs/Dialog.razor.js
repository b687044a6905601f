export function open(dialog, owner) {
    dialog.addEventListener("cancel", event => {
        event.preventDefault();
        owner.invokeMethodAsync("CloseAsync");
    });
    if (!dialog.open) dialog.showModal();
}
