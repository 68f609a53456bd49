// @ts-check
import { FIRST, headerLength } from "./pure/header.js";

/** @import { FileData, FileHeader } from "./data.js" */

/** What Streamlit calls the component with. @typedef {{ data: FileData, parentElement: ParentNode, setTriggerValue: (name: "header", value: FileHeader) => void }} Chooser */

/**
 * A place for a file of weights, of which the header alone is sent.
 * @param {Chooser} component
 */
export function file({ data, parentElement, setTriggerValue }) {
  const place = /** @type {HTMLElement} */ (parentElement.querySelector(".rx-file"));
  const input = /** @type {HTMLInputElement} */ (parentElement.querySelector("input"));
  const root = place.getRootNode();
  const host = root instanceof ShadowRoot ? root.host : place;
  place.toggleAttribute("data-main-figure", Boolean(host.closest(".st-key-main_figure")));
  /** @param {FileList | null | undefined} files */
  const take = async (files) => {
    const chosen = files?.[0];
    if (chosen) setTriggerValue("header", await header(chosen, data.most));
  };
  input.onclick = () => {
    input.value = ""; // so that the same file can be chosen again
  };
  input.onchange = () => take(input.files);
  place.ondragover = (event) => {
    event.preventDefault();
    place.classList.add("rx-over");
  };
  place.ondragleave = () => place.classList.remove("rx-over");
  place.ondrop = (event) => {
    event.preventDefault();
    place.classList.remove("rx-over");
    if (event.dataTransfer) input.files = event.dataTransfer.files; // it names what was taken
    return take(event.dataTransfer?.files);
  };
}

/**
 * What is sent of a file: its name and size, its first bytes, and the header, if it has one of at most so many bytes.
 * @param {File} chosen
 * @param {number} most
 * @returns {Promise<FileHeader>}
 */
export const header = async (chosen, most) => {
  const first = await bytes(chosen, 0, FIRST);
  const length = headerLength(first, most);
  const text = length ? decoded(await bytes(chosen, FIRST, FIRST + length)) : "";
  return { name: chosen.name, size: chosen.size, first: [...first], text };
};

/**
 * @param {File} chosen
 * @param {number} from
 * @param {number} to
 */
async function bytes(chosen, from, to) {
  return new Uint8Array(await chosen.slice(from, to).arrayBuffer());
}

/** The text of a header, none where its bytes are no text. @param {Uint8Array<ArrayBuffer>} raw */
function decoded(raw) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    return "";
  }
}
