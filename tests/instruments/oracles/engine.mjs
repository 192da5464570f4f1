// [{id, xml, steps: [[path, 'repeat', number] | [path, 'answer', value]]}] → {id: {path: [relevant, value]}} by ODK's engine.
import { input } from './browser.mjs';

const { createInstance } = await import('@getodk/xforms-engine');
const options = { instance: { stateFactory: (state) => state }, form: { fetchFormAttachment: async () => new Response('') } };

function* nodes(node) {
  yield node;
  for (const child of node.currentState.children ?? []) yield* nodes(child);
}

function find(root, path) {
  for (const node of nodes(root)) {
    if (node.currentState.reference === path && node.nodeType !== 'repeat-range:x') return node;
  }
  return null;
}

function repeat(node, number) {
  const now = node.currentState.children.length;
  if (number > now) node.addInstances(now - 1, number - now);
  if (number < now) node.removeInstances(number, now - number);
}

function answer(node, value) {
  if (node.nodeType === 'select') {
    if (Array.isArray(value)) node.selectValues(value);
    else node.selectValue(String(value));
  } else if (node.nodeType === 'rank') node.setValues(value);
  else if (node.nodeType === 'trigger') node.setValue(true);
  else node.setValue(value);
}

const found = {};
for (const { id, xml, steps } of await input()) {
  const told = (found[id] = { errors: [] });
  try {
    const { root } = await createInstance(xml, options);
    for (const [path, kind, value] of steps) {
      const node = find(root, path);
      try {
        if (kind === 'repeat') {
          if (node.nodeType === 'repeat-range:uncontrolled') repeat(node, value);
        } else answer(node, value);
      } catch (error) {
        told.errors.push([path, String(error).slice(0, 200)]);
      }
    }
    for (const node of nodes(root)) {
      const { reference, relevant, instanceValue } = node.currentState;
      if (instanceValue !== undefined) told[reference] = [relevant, instanceValue];
    }
  } catch (error) {
    told.errors.push(['', String(error).slice(0, 300)]);
  }
}
process.stdout.write(JSON.stringify(found), () => process.exit(0));
