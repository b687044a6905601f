// Starts the circuit, with the reconnect ladder of a trading screen, and reloads by itself when the server was restarted meanwhile.
{
    const ladder = [0, 1, 2, 4, 8, 16, 30, 60, 120, 300, 600];

    Blazor.start({
        circuit: { reconnectionOptions: { maxRetries: ladder.length, retryIntervalMilliseconds: attempt => attempt < ladder.length ? ladder[attempt] * 1000 : null } },
    });

    const banner = document.getElementById("components-reconnect-modal");
    new MutationObserver(() => {
        // The server answers, but knows this page no longer: a new page finds everything where it is.
        if (banner.classList.contains("components-reconnect-rejected")) location.reload();
    }).observe(banner, { attributes: true, attributeFilter: ["class"] });

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
