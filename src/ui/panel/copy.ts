/** Copies text; on http: pages there is no clipboard API, so a selected text field stands in. */
export async function copyText(text: string, home: Node): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.style.cssText = 'position:fixed;inset-block-start:0;opacity:0';
    home.appendChild(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}
