// What `weft openapi` writes: a linter and the schema of the OpenAPI Initiative accept it, and answers are as it says.
'use strict';

const assert = require('node:assert');
const {execFileSync, spawn} = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const readline = require('node:readline');
const test = require('node:test');
const {pathToFileURL} = require('node:url');
const Ajv2020 = require('ajv/dist/2020');
const {createConfig, lintFromString} = require('@redocly/openapi-core');

const root = path.join(__dirname, '..', '..');
const weft = process.env.WEFT_BIN;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'weft-openapi-'));
test.after(() => fs.rmSync(folder, {recursive: true}));

const written = (config, ...options) => execFileSync(weft, ['openapi', ...options, config], {encoding: 'utf8'});

// What is no mistake of the document: it names no license, and its paths are what routes are called.
const rules = {'info-license': 'off', 'info-license-strict': 'off', 'no-path-trailing-slash': 'off'};

async function mistakes(document) {
    const config = await createConfig({extends: ['recommended'], rules});
    const linted = await lintFromString({source: document, absoluteRef: 'openapi.json', config});
    const {Validator} = await import(pathToFileURL(require.resolve('@seriousme/openapi-schema-validator')));
    const {valid, errors} = await new Validator().validate(JSON.parse(document));
    const found = linted.map((problem) => `${problem.ruleId}: ${problem.message} ${problem.location[0].pointer}`);
    return valid ? found : [...found, ...errors.map((error) => `schema: ${error.instancePath} ${error.message}`)];
}

// A golden file: YAML, a line of dashes, commands and what they print.
function configOf(golden) {
    const yaml = fs.readFileSync(path.join(root, 'tests', 'unit', 'explain', 'golden', golden), 'utf8').split(/^-{10}\n/m)[0];
    const place = fs.mkdtempSync(path.join(folder, 'golden-'));
    fs.writeFileSync(path.join(place, 'r.yaml'), yaml.replace(/^### .*\n/m, ''));
    const upstreams = ['orders', 'users', 'products'].map((name) => `${name}: { url: "http://127.0.0.1:1" }`);
    fs.writeFileSync(path.join(place, 'gateway.yaml'), `{ version: 1, routes: r.yaml, upstreams: { ${upstreams.join(', ')} } }\n`);
    return path.join(place, 'gateway.yaml');
}

test('a linter and the official schema find no mistake', async (t) => {
    const shipped = path.join(root, 'config', 'gateway.yaml');
    await t.test('with the routes Weft is shipped with', async () => assert.deepStrictEqual(await mistakes(written(shipped)), []));
    const goldens = fs.readdirSync(path.join(root, 'tests', 'unit', 'explain', 'golden')).filter((name) => name.startsWith('openapi'));
    assert.ok(goldens.length > 3);
    for (const golden of goldens) {
        await t.test(golden, async () => assert.deepStrictEqual(await mistakes(written(configOf(golden))), []));
    }
});

test('they do find mistakes', async () => {
    const document = JSON.parse(written(path.join(root, 'config', 'gateway.yaml')));
    const operation = document.paths['/order-details/{id}'].get;
    operation.parameters[0].name = 'order';
    operation.responses[200].content['application/json'].schema.type = 'map';
    delete document.info.version;
    const found = (await mistakes(JSON.stringify(document))).join('\n');
    assert.match(found, /path-parameters-defined/);
    assert.match(found, /struct: .*type/);
    assert.match(found, /schema: .*version/);
});

test('options describe the API', () => {
    const options = ['--title', 'Orders', '--api-version', '2.1', '--server', 'https://api.example.org/v2'];
    const {info, servers} = JSON.parse(written(path.join(root, 'config', 'gateway.yaml'), ...options));
    assert.deepStrictEqual(info, {title: 'Orders', version: '2.1'});
    assert.deepStrictEqual(servers, [{url: 'https://api.example.org/v2'}]);
});

const service = {
    '/orders/1': {id: 1, user_id: 'u', product_ids: ['p', 'q'], lines: [{sku: 'p', quantity: 2}, {sku: 'gone', quantity: 1}]},
    '/users/u': {id: 'u', name: 'Ann', email: 'a@b', secret: 's'},
    '/users/u/orders': {orders: [{id: 1, product_ids: ['p']}]},
    '/products/p': {id: 'p', name: 'Pen'},
};

function startService() {
    const server = http.createServer((request, response) => {
        const body = service[request.url.split('?')[0]];
        response.statusCode = body === undefined ? 404 : 200;
        response.end(body === undefined ? '' : JSON.stringify(body));
    });
    return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

async function startGateway(config) {
    const gateway = spawn(weft, ['run', config], {stdio: ['ignore', 'pipe', 'ignore']});
    for await (const line of readline.createInterface({input: gateway.stdout})) {
        const listening = /^listening on (.*)$/.exec(line);
        if (listening) return {gateway, url: `http://${listening[1]}`};
    }
    throw new Error('the gateway ended before it listened');
}

const routes = `
whole:
  path: /whole/{id}
  steps:
    order: { upstream: s, path: "/orders/{id}" }
    user: { upstream: s, path: "/users/\${order.user_id}", select: [id, name], rename: { id: key } }
    stock: { upstream: s, for_each: "\${order.lines[*].sku}", path: "/products/\${item}", required: false, fallback: { name: none } }
    none: { upstream: s, path: /none, required: false }
    skipped: { upstream: s, path: "/users/u", when: "\${order.id == 2}" }
  response:
    headers: { X-Page: "\${request.query.page}" }
    body:
      order: \${order}
      user: \${user}
      stock: \${stock}
      none: \${none}
      skipped: \${skipped}
      name: \${skipped.name?}
      third: \${stock[2].name}
      lines: { $each: "\${order.lines}", $as: line, $value: { sku: "\${line.sku}", name: "\${stock[line.sku].name?}" } }
      title: "Order \${order.id}"
      lost: "\${none.id}"
      skus: "\${join(order.lines[*].sku, ',')}"
      count: "\${count(order.lines)}"
      status: [ "\${steps.none.status}", "\${steps.skipped.status}" ]
      pages: "\${request.query.page}"
`;

test('answers are as the document says', async (t) => {
    const server = await startService();
    t.after(() => server.close());
    fs.writeFileSync(path.join(folder, 'routes.yaml'), routes);
    const config = path.join(folder, 'gateway.yaml');
    const url = `http://127.0.0.1:${server.address().port}`;
    fs.writeFileSync(config, `{ version: 1, listen: "127.0.0.1:0", routes: routes.yaml, upstreams: { s: { url: "${url}" } } }\n`);
    const document = JSON.parse(written(config));
    const {gateway, url: base} = await startGateway(config);
    t.after(() => gateway.kill());
    const ajv = new Ajv2020({strict: false, validateFormats: false});
    ajv.addSchema(document, 'document');

    const check = async (target, status, isPartial) => {
        const answer = await fetch(base + target);
        assert.strictEqual(answer.status, status, target);
        const described = document.paths['/whole/{id}'].get.responses[status];
        assert.ok(described, `${status} is not in the document`);
        const pointer = status === 200
            ? 'document#/paths/~1whole~1{id}/get/responses/200/content/application~1json/schema'
            : 'document#/components/schemas/Problem';
        const body = await answer.json();
        const validate = ajv.getSchema(pointer);
        assert.ok(validate(body), `${ajv.errorsText(validate.errors)}\n${JSON.stringify(body, null, 1)}`);
        assert.strictEqual(answer.headers.get('weft-complete'), isPartial ? 'false' : null);
        return {body, validate};
    };

    const {body, validate} = await check('/whole/1?page=1&page=2', 200, true);
    assert.deepStrictEqual(body.stock, [{id: 'p', name: 'Pen'}, {name: 'none'}]);
    for (const broken of [{...body, user: {secret: 1}}, {...body, errors: {}}, {...body, title: 1}, {...body, order: undefined}]) {
        assert.ok(!validate(JSON.parse(JSON.stringify(broken))), 'the schema takes anything');
    }
    await check('/whole/2', 404, false);
});
