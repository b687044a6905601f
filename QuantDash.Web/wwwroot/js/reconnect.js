// What a page does without its server: it marks everything it shows as old at once, tries again after pauses that grow, and either goes on where it was or loads itself anew.
// A try begins with a question that cannot hang: on a network that swallows everything, a connection would wait for minutes.
{
    const pauses = [1, 2, 4, 8, 16, 30, 60, 120, 300, 600];
    const knockEvery = 2;
    const knockFor = 3000;
    const quiet = 700;
    const page = document.documentElement;
    const dialog = document.getElementById("components-reconnect-modal");
    const part = name => dialog.querySelector(`[data-${name}]`);
    let round = null;

    async function knock() {
        try {
            return (await fetch("health", { cache: "no-store", signal: AbortSignal.timeout(knockFor) })).ok;
        } catch {
            return false;
        }
    }

    // The page's circuit goes on with everything in it; or its state is taken up by a new one; or the server was another since, and a new page finds everything where it is.
    async function rejoin() {
        if (!await knock()) return false;
        try {
            if (await Blazor.reconnect() || await Blazor.resumeCircuit?.()) return true;
        } catch {
            // A server that answers and cannot be joined twice in a row will not be the next time.
            if (++round.refused < 2) return false;
        }
        location.reload();
        return new Promise(() => {});
    }

    function show(state, attempt, seconds) {
        dialog.dataset.state = state;
        part("attempt").textContent = attempt;
        part("seconds").textContent = seconds;
        part("try").disabled = state === "trying";
    }

    // Until the pause is over, somebody asks, or the server answers before that.
    function pause(attempt, seconds) {
        return new Promise(done => {
            let left = seconds;
            const end = () => { clearInterval(timer); done(); };
            const timer = setInterval(async () => {
                left -= 1;
                if (left <= 0) return end();
                show("waiting", attempt, left);
                if (left % knockEvery === 0 && !document.hidden && await knock()) end();
            }, 1000);
            round.wake = end;
            show("waiting", attempt, left);
        });
    }

    // Stopped, but for somebody who asks or comes back to the page.
    function rest() {
        show("stopped", pauses.length, 0);
        return new Promise(done => { round.wake = done; });
    }

    async function run() {
        for (;;) {
            for (let attempt = 1; attempt <= pauses.length; attempt++) {
                show("trying", attempt, 0);
                if (await rejoin()) return found();
                await pause(attempt, pauses[attempt - 1]);
            }
            show("trying", pauses.length, 0);
            if (await rejoin()) return found();
            await rest();
        }
    }

    function lost() {
        if (round) return;
        round = { wake: () => {}, refused: 0 };
        page.dataset.link = "lost";
        part("since").textContent = new Date().toLocaleTimeString(page.lang, { hour12: false, timeZone: "Asia/Shanghai" });
        // A blip is over before anybody could read of it.
        round.timer = setTimeout(() => { if (!dialog.open) dialog.showModal(); }, quiet);
        run();
    }

    function found() {
        if (!round) return;
        clearTimeout(round.timer);
        round = null;
        delete page.dataset.link;
        document.getElementById("blazor-error-ui").style.display = "none";
        dialog.close();
    }

    dialog.addEventListener("cancel", event => event.preventDefault());
    part("try").addEventListener("click", () => round?.wake());
    addEventListener("online", () => round?.wake());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) round?.wake(); });

    window.reconnection = { onConnectionDown: lost, onConnectionUp: found };
}
