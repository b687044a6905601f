// The file goes to the server as any program would send it; the circuit carries only how far it is.
let request;

/** Null when it was taken, "" when no file is chosen, else what is wrong. */
export function send(input, address, owner) {
    const file = input.files[0];
    if (!file) return "";
    const body = new FormData();
    body.append("file", file);
    return new Promise(done => {
        request = new XMLHttpRequest();
        let told = 0;
        request.upload.onprogress = event => {
            if (!event.lengthComputable || Date.now() - told < 200) return;
            told = Date.now();
            owner.invokeMethodAsync("Sent", event.loaded / event.total);
        };
        request.onload = () => {
            if (request.status < 300) input.value = "";
            done(request.status < 300 ? null : reason(request));
        };
        request.onerror = () => done(request.statusText || "—");
        request.onabort = () => done(null);
        request.open("POST", address);
        request.setRequestHeader("X-CSRF-Token", document.querySelector("meta[name=csrf-token]").content);
        request.send(body);
    });
}

export function abort() {
    request?.abort();
}

function reason({ status, responseText }) {
    try {
        const problem = JSON.parse(responseText);
        const errors = Object.values(problem.errors ?? {}).flat();
        return errors.length ? errors.join(" ") : problem.detail ?? problem.title ?? `HTTP ${status}`;
    } catch {
        return `HTTP ${status}`;
    }
}
