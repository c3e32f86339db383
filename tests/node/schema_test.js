// What the schemas accept and refuse: every file that Weft accepts, and the mistakes that are made most.
'use strict';

const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const test = require('node:test');
const Ajv = require('ajv');
const YAML = require('yaml');

const root = path.join(__dirname, '..', '..');
const read = (...names) => fs.readFileSync(path.join(root, ...names), 'utf8');

const ajv = new Ajv({allErrors: true, strictTypes: false, strictRequired: false});
ajv.addVocabulary(['patternErrorMessage']);
const gateway = ajv.compile(JSON.parse(read('config', 'gateway.schema.json')));
const routes = ajv.compile(JSON.parse(read('routes', 'route.schema.json')));
const schemaOf = (name) => (path.basename(name) === 'gateway.yaml' ? gateway : routes);

function mistakes(validate, yaml) {
    validate(YAML.parse(yaml));
    return (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message} ${e.params.additionalProperty ?? ''}`);
}

const accepts = (name, yaml) => assert.deepStrictEqual(mistakes(schemaOf(name), yaml), []);

test('the schemas are of draft 07', () => {
    const meta = new Ajv({strict: false});
    for (const name of [['config', 'gateway.schema.json'], ['routes', 'route.schema.json']]) {
        const schema = JSON.parse(read(...name));
        assert.strictEqual(schema.$schema, 'http://json-schema.org/draft-07/schema#');
        assert.ok(meta.validateSchema(schema), meta.errorsText());
    }
});

test('accept the files Weft is shipped with, which name them', () => {
    const names = ['config/gateway.yaml', ...fs.readdirSync(path.join(root, 'routes')).map((n) => `routes/${n}`)];
    const shipped = names.filter((name) => name.endsWith('.yaml'));
    assert.ok(shipped.length > 3);
    for (const name of shipped) {
        const yaml = read(name);
        const line = /^# yaml-language-server: \$schema=(\S+)$/m.exec(yaml);
        assert.ok(line, `${name} names no schema`);
        assert.ok(fs.existsSync(path.join(root, path.dirname(name), line[1])), `${name}: ${line[1]}`);
        accepts(name, yaml);
    }
});

// A golden file: YAML, a line of dashes, what comes of it; lines `### name` begin a file each.
function goldenFiles(text) {
    const [yaml, outcome] = text.split(/^-{10}\n/m);
    const isRefused = outcome.split('\n').some((line) => /^\S+\.yaml:\d+:\d+: (?!warning)/.test(line));
    if (isRefused) return [];
    const parts = yaml.startsWith('### ') ? yaml : `### routes/r.yaml\n${yaml}`;
    return parts.split(/^### /m).slice(1).map((part) => {
        const end = part.indexOf('\n');
        return {name: part.slice(0, end), yaml: part.slice(end + 1)};
    });
}

test('accept all that compiles', () => {
    const folder = path.join(root, 'tests', 'unit', 'plan', 'golden');
    let count = 0;
    for (const golden of fs.readdirSync(folder)) {
        for (const {name, yaml} of goldenFiles(fs.readFileSync(path.join(folder, golden), 'utf8'))) {
            count += 1;
            assert.deepStrictEqual(mistakes(schemaOf(name), yaml), [], `${golden}: ${name}`);
        }
    }
    assert.ok(count > 15, `only ${count}`);
});

test('accept what the reference page shows', () => {
    const fences = [...read('docs', 'routes.md').matchAll(/^```yaml\n(.*?)^```$/gms)].map((match) => match[1]);
    assert.ok(fences.length > 3);
    for (const yaml of fences) accepts(/^version:/m.test(yaml) ? 'gateway.yaml' : 'r.yaml', yaml);
});

const step = (keys) => `r: { path: /r, steps: { s: { upstream: u, path: /s, ${keys} } }, response: { body: 1 } }`;
const upstream = (keys) => `{ version: 1, routes: r.yaml, upstreams: { u: { ${keys} } } }`;

test('take the environment for any scalar', () => {
    accepts('r.yaml', step('timeout: "${env.T:-1s}", max_items: "${env.N}", required: "${ env.R }"'));
    accepts('r.yaml', 'r: { path: "${env.BASE}/r", proxy: { upstream: u, path: "${env.BASE:-/x}" } }');
    accepts('gateway.yaml', upstream('url: "http://${env.A:-127.0.0.1:1}", max_body: "${env.KIB}KiB"'));
    accepts('gateway.yaml', '{ version: 1, routes: r.yaml, listen: "${env.L}", workers: "${env.W:-auto}" }');
});

const tested = (keys) =>
    `r: { path: /r, proxy: { upstream: u, path: /r }, tests: [{ name: n, request: { path: /r }, ${keys} }] }`;

test('take null for a header that must not be there', () => {
    accepts('r.yaml', tested('stub: { u: { GET /r: { body: [1] } } }, expect: { headers: { A: null, B: b } }'));
});

const refused = [
    ['unknown key of a step', step('tiemout: 1s'), '/r/steps/s must NOT have additional properties tiemout'],
    ['unknown key of a route', 'r: { paht: /r, proxy: { upstream: u, path: /r } }', /additional properties paht/],
    ['unknown key of a response', 'r: { path: /r, steps: {}, response: { bdy: 1 } }', /\/r\/response .* bdy/],
    ['no unit', step('timeout: 300'), '/r/steps/s/timeout must be string '],
    ['no unit, as text', step('timeout: "300"'), /\/r\/steps\/s\/timeout must match pattern/],
    ['unknown unit', step('timeout: 3sec'), /\/r\/steps\/s\/timeout must match pattern/],
    ['not whole', step('timeout: 1.5s'), /\/r\/steps\/s\/timeout must match pattern/],
    ['a word for a boolean', step('required: yes'), /\/r\/steps\/s\/required must be boolean/],
    ['a count as text', step('max_items: "5"'), /\/r\/steps\/s\/max_items must be integer/],
    ['a count out of range', step('max_items: 0'), /\/r\/steps\/s\/max_items must be >= 1/],
    ['an unknown method', step('method: FETCH'), /\/r\/steps\/s\/method must be equal to one of/],
    ['a path without its slash', step('path: s').replace('path: /s, ', ''), /\/r\/steps\/s\/path must match/],
    ['a list for a map', step('query: [a]'), '/r/steps/s/query must be object '],
    ['a status of no kind', step('success: 6xx'), /\/r\/steps\/s\/success must match pattern/],
    ['a status that is no answer', step('success: 100'), /\/r\/steps\/s\/success must be >= 200/],
    ['a class that is no answer', step('on_status: { 1xx: 404 }'), /\/r\/steps\/s\/on_status property name must be valid/],
    ['a name of a step', step('').replace(' s:', ' S-1:'), /property name must be valid/],
    ['steps beside proxy', step('').replace('path: /r', 'path: /r, proxy: { upstream: u, path: /r }'), /^\/r must/],
    ['steps without a response', 'r: { path: /r, steps: { s: { upstream: u, path: /s } } }', /^\/r must/],
    ['no path', 'r: { proxy: { upstream: u, path: /r } }', /\/r must have required property 'path'/],
    ['unknown key of a test', tested('expect: {}, stubs: {}'), '/r/tests/0 must NOT have additional properties stubs'],
    ['a test that expects nothing', tested('stub: {}'), /\/r\/tests\/0 must have required property 'expect'/],
    ['a stub of no call', tested('expect: {}, stub: { u: { /r: {} } }'), /\/r\/tests\/0\/stub\/u property name/],
    ['a delay without a unit', tested('expect: {}, stub: { u: { GET /r: { delay: 3 } } }'), /delay must be string/],
    ['a fault of no kind', tested('expect: {}, stub: { u: { GET /r: { fault: no } } }'), /fault must be equal to one/],
    ['unknown key', '{ version: 1, routes: r.yaml, listn: "a:1" }', ' must NOT have additional properties listn', gateway],
    ['another version', '{ version: 2, routes: r.yaml }', /\/version must be <= 1/, gateway],
    ['a size without a unit', '{ version: 1, routes: r, limits: { body: 8 } }', '/limits/body must be string ', gateway],
    ['a size of a wrong unit', '{ version: 1, routes: r, limits: { body: 8KB } }', /\/limits\/body must match/, gateway],
    ['a url with a path', upstream('url: "http://a/b"'), /\/upstreams\/u\/url must match pattern/, gateway],
    ['url and urls', upstream('url: "http://a", urls: ["http://b"]'), /\/upstreams\/u must/, gateway],
    ['no address', upstream('timeout: 1s'), /\/upstreams\/u must/, gateway],
    ['no urls', upstream('urls: []'), /\/upstreams\/u\/urls must NOT have fewer than 1 items/, gateway],
    ['another way to balance', upstream('url: "http://a", balance: random'), /\/upstreams\/u\/balance must/, gateway],
    ['a health check without a path', upstream('url: "http://a", health: {}'), /must have required property 'path'/, gateway],
];

for (const [name, yaml, expected, validate = routes] of refused) {
    test(`refuse ${name}`, () => {
        const found = mistakes(validate, yaml);
        const isExpected = (message) => (expected instanceof RegExp ? expected.test(message) : message === expected);
        assert.ok(found.some(isExpected), found.join('\n') || 'nothing found');
    });
}
