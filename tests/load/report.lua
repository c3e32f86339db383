-- What every script of this folder shares: ids at random, and an end that says whether each answer was good.
-- wrk gives each thread a Lua state of its own: the numbers of all of them are summed in done().

local threads = {}

function setup(thread)
    thread:set("seed", #threads + 1)
    table.insert(threads, thread)
end

function init(args)
    math.randomseed(seed)
    not_2xx = 0
    partial = 0
end

function response(status, headers, body)
    if status < 200 or status > 299 then
        not_2xx = not_2xx + 1
    elseif headers["Weft-Complete"] == "false" then
        partial = partial + 1
    end
end

function done(summary, latency, requests)
    local bad, incomplete = 0, 0
    for _, thread in ipairs(threads) do
        bad = bad + thread:get("not_2xx")
        incomplete = incomplete + thread:get("partial")
    end
    local errors = summary.errors
    io.write(string.format(
        "requests %d  per second %.0f  not 2xx %d  partial %d  socket errors %d  p50 %.2f ms  p99 %.2f ms\n",
        summary.requests, summary.requests / summary.duration * 1e6, bad, incomplete,
        errors.connect + errors.read + errors.write + errors.timeout,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000
    ))
end
