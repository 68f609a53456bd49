// What is new of a run, told by the server; where that cannot be heard, the page is asked to draw instead.

const PATIENCE_MS = 3000; // a first message comes at once, unless something on the way keeps it

class Stream {
  constructor(address, onNews, onOver) {
    this.onOver = onOver;
    this.source = new EventSource(new URL(address, document.baseURI));
    this.source.onmessage = (event) => {
      clearTimeout(this.timer);
      onNews(JSON.parse(event.data));
    };
    this.source.addEventListener("end", () => this.over("ended"));
    this.source.onerror = () => this.source.readyState === EventSource.CLOSED && this.over("lost");
    this.timer = setTimeout(() => this.over("lost"), PATIENCE_MS);
  }

  over(how) {
    this.close();
    this.onOver(how);
  }

  close() {
    clearTimeout(this.timer);
    this.source.close();
  }
}
