// Without https the browser keeps the clipboard to itself: then the text is selected, and Ctrl+C does the rest.
export async function copy(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    if (!navigator.clipboard) return false;
    await navigator.clipboard.writeText(element.textContent);
    return true;
}
