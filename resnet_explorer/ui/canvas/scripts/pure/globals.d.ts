/** What browsers and Node have besides the language, and no page is needed for. */
declare function atob(text: string): string;
