// The file goes to the server as any program would send it; the circuit carries only how far it is.
let request;

/** What the server said; null when no file is chosen, status -1 when it was taken back. */
export function send(input, address, owner) {
    const file = input.files[0];
    if (!file) return null;
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
            done({ status: request.status, body: request.responseText });
        };
        request.onerror = () => done({ status: 0, body: request.statusText });
        request.onabort = () => done({ status: -1, body: "" });
        request.open("POST", address);
        request.setRequestHeader("X-CSRF-Token", document.querySelector("meta[name=csrf-token]").content);
        // What is wrong is told in the page's language, which need not be the browser's.
        request.setRequestHeader("Accept-Language", document.documentElement.lang);
        request.send(body);
    });
}

export function abort() {
    request?.abort();
}
