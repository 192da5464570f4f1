// [{xml, expressions: [[id, path of the context, expression]]}] → {id: value as text, or {error}} by Enketo's evaluator.
import { input } from './browser.mjs';

// In a browser the type of the result may be left out; jsdom insists on it.
const native = XPathExpression.prototype.evaluate;
XPathExpression.prototype.evaluate = function (node, type = 0, result = null) {
  return native.call(this, node, type, result);
};
const evaluator = globalThis.require('openrosa-xpath-evaluator')();
const found = {};
for (const { xml, expressions } of await input()) {
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  for (const [id, path, expression] of expressions) {
    try {
      const context = path ? document.evaluate(path, document, null, 9, null).singleNodeValue : document;
      found[id] = evaluator.evaluate(expression, context, null, 2).stringValue;
    } catch (error) {
      found[id] = { error: String(error).slice(0, 200) };
    }
  }
}
process.stdout.write(JSON.stringify(found));
