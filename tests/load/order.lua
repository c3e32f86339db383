-- GET /orders/o-N with N from 1 to 10000 at random.
local here = debug.getinfo(1, "S").source:match("^@(.*/)") or "./"
dofile(here .. "report.lua")

function request()
    return wrk.format("GET", "/orders/o-" .. math.random(10000))
end
