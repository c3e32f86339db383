// What an editor with yaml-language-server says about the files: it is asked over its own protocol, as an editor does.
'use strict';

const assert = require('node:assert');
const {spawn} = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const test = require('node:test');
const {pathToFileURL} = require('node:url');
const rpc = require('vscode-jsonrpc/node');

const root = path.join(__dirname, '..', '..');
const server = path.join(path.dirname(require.resolve('yaml-language-server/package.json')), 'bin', 'yaml-language-server');

class Editor {
    constructor() {
        this.process = spawn(process.execPath, [server, '--stdio'], {stdio: ['pipe', 'pipe', 'inherit']});
        this.connection = rpc.createMessageConnection(
            new rpc.StreamMessageReader(this.process.stdout),
            new rpc.StreamMessageWriter(this.process.stdin),
        );
        this.waiting = new Map();
        this.connection.onNotification('textDocument/publishDiagnostics', ({uri, diagnostics}) => {
            this.waiting.get(uri)?.(diagnostics);
        });
        this.connection.onRequest('workspace/configuration', ({items}) => items.map(() => ({})));
        this.connection.onRequest('client/registerCapability', () => null);
        this.connection.listen();
    }

    async start() {
        await this.connection.sendRequest('initialize', {
            processId: process.pid,
            rootUri: pathToFileURL(root).href,
            capabilities: {textDocument: {completion: {completionItem: {snippetSupport: true}}}},
        });
        this.connection.sendNotification('initialized', {});
    }

    // Opens `text` as if it were saved under that name; what the server finds wrong with it.
    open(name, text) {
        const uri = pathToFileURL(path.join(root, name)).href;
        const diagnostics = new Promise((resolve) => this.waiting.set(uri, resolve));
        const textDocument = {uri, languageId: 'yaml', version: 1, text};
        this.connection.sendNotification('textDocument/didOpen', {textDocument});
        return diagnostics;
    }

    // The words offered at `|`, which is taken out of the text.
    async completions(name, text) {
        const before = text.slice(0, text.indexOf('|')).split('\n');
        await this.open(name, text.replace('|', ''));
        const {items} = await this.connection.sendRequest('textDocument/completion', {
            textDocument: {uri: pathToFileURL(path.join(root, name)).href},
            position: {line: before.length - 1, character: before.at(-1).length},
        });
        return items.map((item) => item.label);
    }

    async end() {
        await this.connection.sendRequest('shutdown');
        this.connection.sendNotification('exit');
        await new Promise((resolve) => this.process.once('exit', resolve));
        this.connection.dispose();
    }
}

const route = `# yaml-language-server: $schema=./route.schema.json
r:
  path: /r
  steps:
    s:
      upstream: u
      path: /s
      KEYS
  response:
    body: \${s}
`;

test('an editor', async (t) => {
    const editor = new Editor();
    await editor.start();
    t.after(() => editor.end());

    await t.test('finds nothing wrong with the files Weft is shipped with', async () => {
        const routes = fs.readdirSync(path.join(root, 'routes')).filter((name) => name.endsWith('.yaml'));
        assert.ok(routes.length > 3);
        for (const name of ['config/gateway.yaml', ...routes.map((route) => `routes/${route}`)]) {
            assert.deepStrictEqual(await editor.open(name, fs.readFileSync(path.join(root, name), 'utf8')), [], name);
        }
    });

    await t.test('completes the keys of a step', async () => {
        const offered = await editor.completions('routes/unsaved-1.yaml', route.replace('KEYS', '|'));
        for (const key of ['for_each', 'timeout', 'required', 'batch', 'on_status', 'when']) {
            assert.ok(offered.includes(key), `${key} of ${offered}`);
        }
        assert.ok(!offered.includes('upstream'), 'offers what is there already');
        assert.ok(!offered.includes('retry'), 'offers what no step has');
    });

    await t.test('completes the keys of a batch, a response and a pass-through route', async () => {
        const within = async (name, text, words) => {
            const offered = await editor.completions(`routes/unsaved-${name}.yaml`, text);
            for (const word of words) assert.ok(offered.includes(word), `${word} of ${offered}`);
        };
        const batch = route.replace('KEYS', 'for_each: "${s.ids}"\n      batch:\n        |');
        await within('batch', batch, ['path', 'query', 'max_size', 'rows', 'match']);
        await within('response', route.replace('KEYS', '').replace(/response:[^]*/, 'response:\n    |\n'), ['status', 'headers', 'body']);
        const proxy = '# yaml-language-server: $schema=./route.schema.json\nr:\n  path: /r\n  proxy:\n    |\n';
        await within('proxy', proxy, ['upstream', 'path']);
    });

    await t.test('completes the methods of a step', async () => {
        const offered = await editor.completions('routes/unsaved-2.yaml', route.replace('KEYS', 'method: |'));
        for (const method of ['GET', 'POST', 'DELETE']) assert.ok(offered.includes(method), `${method} of ${offered}`);
    });

    await t.test('completes the keys of an upstream', async () => {
        const text = '# yaml-language-server: $schema=./gateway.schema.json\nupstreams:\n  u:\n    |\n';
        const offered = await editor.completions('config/unsaved.yaml', text);
        for (const key of ['url', 'urls', 'connect_timeout']) assert.ok(offered.includes(key), `${key} of ${offered}`);
    });

    await t.test('underlines an unknown key', async () => {
        const found = await editor.open('routes/unsaved-3.yaml', route.replace('KEYS', 'tiemout: 1s'));
        assert.strictEqual(found.length, 1);
        assert.match(found[0].message, /tiemout/);
        assert.deepStrictEqual(found[0].range.start, {line: 7, character: 6});
    });

    await t.test('says what a duration looks like', async () => {
        const found = await editor.open('routes/unsaved-4.yaml', route.replace('KEYS', 'timeout: 3sec'));
        assert.match(found[0].message, /must be a duration from 1ms to 60m/);
    });

    await t.test('says what a status looks like', async () => {
        const found = await editor.open('routes/unsaved-5.yaml', route.replace('KEYS', 'on_status: { 6xx: 404 }'));
        assert.strictEqual(found.length, 1);
        assert.match(found[0].message, /must be a status such as 404 or 5xx/);
    });

    await t.test('underlines a batch without what its rows are matched by', async () => {
        const batch = 'for_each: "${s.ids}"\n      batch: { path: /s }';
        const found = await editor.open('routes/unsaved-6.yaml', route.replace('KEYS', batch));
        assert.strictEqual(found.length, 1);
        assert.match(found[0].message, /match/);
        assert.strictEqual(found[0].range.start.line, 8);
    });
});
