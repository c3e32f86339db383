// The composition by hand in Node: fastify in front, undici behind. Environment: PORT, SERVICES.
'use strict';

const { randomUUID } = require('node:crypto');
const fastify = require('fastify');
const pino = require('pino');
const { Pool } = require('undici');

const timeout = 5000;
const services = new Pool(`http://127.0.0.1:${process.env.SERVICES}`, {
    connections: 512,
    keepAliveTimeout: 3_600_000,
    headersTimeout: timeout,
    bodyTimeout: timeout,
});

async function call(path, headers) {
    const { statusCode, body } = await services.request({ path, method: 'GET', headers });
    const document = await body.json();
    if (statusCode !== 200) throw new Error(`${path}: ${statusCode}`);
    return document;
}

function headersOf(request) {
    return {
        accept: 'application/json',
        'accept-encoding': 'identity',
        'user-agent': 'node',
        'x-request-id': randomUUID(),
        'x-forwarded-for': request.ip,
        'x-forwarded-proto': 'http',
        'x-forwarded-host': request.headers.host,
        'x-request-timeout-ms': String(timeout),
    };
}

const server = fastify({
    logger: pino(pino.destination({ fd: 1, minLength: 8192, sync: false })),
    disableRequestLogging: true,
    keepAliveTimeout: 3_600_000,
});
server.addHook('onResponse', async (request, reply) => {
    request.log.info({ method: request.method, path: request.url, status: reply.statusCode, ms: reply.elapsedTime });
});
server.get('/order-details/:id', async (request) => {
    const headers = headersOf(request);
    const order = await call(`/orders/${request.params.id}`, headers);
    const [user, ...products] = await Promise.all([
        call(`/users/${order.user_id}`, headers),
        ...order.product_ids.map((id) => call(`/products/${id}`, headers)),
    ]);
    return { order, user, products };
});
server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
