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
    local function milliseconds(percent) return latency:percentile(percent) / 1000 end
    io.write(string.format(
        "requests       %d in %.1f s, %.0f a second\n",
        summary.requests, summary.duration / 1e6, summary.requests / summary.duration * 1e6
    ))
    io.write(string.format(
        "latency        p50 %.2f ms   p90 %.2f ms   p99 %.2f ms   p99.9 %.2f ms   most %.2f ms\n",
        milliseconds(50), milliseconds(90), milliseconds(99), milliseconds(99.9), latency.max / 1000
    ))
    io.write(string.format("not 2xx        %d\n", bad))
    io.write(string.format("partial        %d\n", incomplete))
    io.write(string.format(
        "socket errors  %d (connect %d, read %d, write %d, timeout %d)\n",
        errors.connect + errors.read + errors.write + errors.timeout,
        errors.connect, errors.read, errors.write, errors.timeout
    ))
end
