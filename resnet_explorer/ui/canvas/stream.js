// What is new of a run, told by the server; where that cannot be heard, the page is asked to draw instead.

const PATIENCE_MS = 3000; // a first message comes at once, unless something on the way keeps it
const REST_MS = 1000; // between two tries while the server does not answer

class Stream {
  // `onOver` is told how it is over: "ended" with the runs, "broken" off after it was heard, or "lost": never heard.
  constructor(address, onNews, onOver) {
    this.address = new URL(address, document.baseURI);
    this.onNews = onNews;
    this.onOver = onOver;
    this.heard = false;
    this.timer = setTimeout(() => this.over("lost"), PATIENCE_MS);
    this.open();
  }

  open() {
    let failed = false;
    this.source = new EventSource(this.address);
    this.source.onopen = () => (failed = false);
    this.source.onmessage = (event) => {
      clearTimeout(this.timer);
      this.heard = true;
      this.onNews(JSON.parse(event.data));
    };
    this.source.addEventListener("end", () => this.over("ended"));
    this.source.onerror = () => {
      if (this.source.readyState === EventSource.CLOSED) this.over(this.heard ? "broken" : "lost");
      else if (failed && this.heard) this.rest();
      failed = true;
    };
  }

  // The browser itself would try again at once, and for ever.
  rest() {
    this.close();
    this.timer = setTimeout(() => this.open(), REST_MS);
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
