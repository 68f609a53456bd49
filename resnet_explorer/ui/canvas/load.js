// Loads the script of the drawings once, and hands each of its calls on.

const loaded = import(new URL("ADDRESS", document.baseURI));

export default function (component) {
  let [close, gone] = [null, false];
  loaded.then(
    (drawings) => {
      if (!gone) close = drawings.default(component);
    },
    () => component.setTriggerValue("alone", true),
  );
  return () => {
    gone = true;
    close?.();
  };
}
