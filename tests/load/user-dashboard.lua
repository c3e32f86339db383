-- GET /user-dashboard/u-N with N from 1 to 1000 at random.
local here = debug.getinfo(1, "S").source:match("^@(.*/)") or "./"
dofile(here .. "report.lua")

function request()
    return wrk.format("GET", "/user-dashboard/u-" .. math.random(1000))
end
