// What both oracles expect of a browser: a document, XPath, and a clock that stands still.
import { createRequire } from 'node:module';
import { JSDOM } from 'jsdom';

export const moment = Date.parse('2026-11-21T10:00:00.000+01:00');
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    super(...(parts.length ? parts : [moment]));
  }
  static now() {
    return moment;
  }
};
globalThis.__dirname = '.';
globalThis.require = createRequire(import.meta.url);
const { window } = new JSDOM('<!doctype html><p></p>');
for (const name of [
  'Attr', 'CDATASection', 'CharacterData', 'Comment', 'DOMParser', 'Document', 'Element', 'Node', 'NodeFilter',
  'Text', 'XMLDocument', 'XMLSerializer', 'XPathEvaluator', 'XPathExpression', 'XPathResult',
]) {
  globalThis[name] = window[name];
}
globalThis.window = window;
globalThis.document = window.document;

export async function input() {
  const parts = [];
  for await (const part of process.stdin) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}
