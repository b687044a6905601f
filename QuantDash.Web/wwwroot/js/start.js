// Starts the circuit. A server that says nothing for eight seconds is gone: nobody looks at old prices for longer without knowing (js/reconnect.js).
{
    Blazor.start({
        circuit: { reconnectionHandler: reconnection, configureSignalR: builder => builder.withServerTimeout(8000) },
    });

    document.addEventListener("click", event => {
        if (event.target.closest("[data-reload]")) location.reload();
        for (const menu of document.querySelectorAll("details.menu[open]")) {
            if (!menu.contains(event.target)) menu.open = false;
        }
    });

    document.addEventListener("keydown", event => {
        if (event.key === "Escape") document.querySelectorAll("details.menu[open]").forEach(menu => { menu.open = false; });
        if (event.key === "ArrowDown" || event.key === "ArrowUp") moveRow(event);
    });

    // Rows of a table are walked with the arrows.
    function moveRow(event) {
        const row = event.target.closest?.("tr[tabindex]");
        if (!row || event.target !== row) return;
        const next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
        if (!next?.matches("tr[tabindex]")) return;
        event.preventDefault();
        next.focus();
    }

    window.quantdash = {
        remember(name, value) {
            document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax`;
        },
        display(attribute, cookie, value) {
            document.documentElement.dataset[attribute] = value;
            this.remember(cookie, value);
        },
        displayed: attribute => document.documentElement.dataset[attribute],
    };
}
