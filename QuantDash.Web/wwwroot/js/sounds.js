// Short tones for what happens, made here: nothing is loaded. Silent until a person on this browser chose some.
{
    const key = "qd-sounds";
    // Pitch in Hz, begin and length in seconds.
    const tones = {
        fired: [[880, 0, 0.12], [1175, 0.13, 0.16]],
        asks: [[660, 0, 0.1], [660, 0.16, 0.1], [880, 0.32, 0.2]],
        filled: [[1046, 0, 0.1]],
        failed: [[233, 0, 0.22], [196, 0.25, 0.35]],
        feed: [[440, 0, 0.12], [330, 0.14, 0.2]],
    };
    let speaker = null;

    // In a cookie, so that a sign-in can bring a person's choice along; what older versions kept in the browser is taken over.
    const kept = () => {
        const cookie = document.cookie.split("; ").find(entry => entry.startsWith(`${key}=`));
        return cookie ? decodeURIComponent(cookie.slice(key.length + 1)) : localStorage.getItem(key) ?? "";
    };

    const chosen = () => kept().split(",").filter(kind => kind in tones);

    // Browsers let a page sound only after a person touched it.
    const wake = () => {
        if (chosen().length === 0) return;
        speaker ??= new AudioContext();
        speaker.resume();
    };

    const play = kind => {
        for (const [pitch, begin, length] of tones[kind]) {
            const from = speaker.currentTime + begin;
            const tone = speaker.createOscillator();
            const loudness = speaker.createGain();
            tone.frequency.value = pitch;
            loudness.gain.setValueAtTime(0.0001, from);
            loudness.gain.exponentialRampToValueAtTime(0.2, from + 0.01);
            loudness.gain.exponentialRampToValueAtTime(0.0001, from + length);
            tone.connect(loudness).connect(speaker.destination);
            tone.start(from);
            tone.stop(from + length);
        }
    };

    document.addEventListener("pointerdown", wake);
    document.addEventListener("keydown", wake);

    window.quantdash.sounds = {
        chosen,
        choose(kind, on) {
            window.quantdash.remember(key, [...chosen().filter(other => other !== kind), ...(on ? [kind] : [])].join(","));
            wake();
        },
        test(kind) {
            speaker ??= new AudioContext();
            speaker.resume();
            play(kind);
        },
        ring(kinds) {
            if (speaker?.state !== "running") return;
            const heard = chosen();
            const loudest = ["failed", "asks", "feed", "fired", "filled"].find(kind => kinds.includes(kind) && heard.includes(kind));
            if (loudest) play(loudest);
        },
    };
}
