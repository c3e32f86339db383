-- GET /order-details/ID: the order, then user and products at the same time, as one document.
local json = require "cjson"

local function call(target)
    local answer = ngx.location.capture("/call" .. target)
    if answer.status ~= 200 then return ngx.exit(502) end
    return json.decode(answer.body)
end

local order = call("/orders/" .. ngx.var.uri:sub(#"/order-details/" + 1))
local calls = {{"/call/users/" .. order.user_id}}
for _, id in ipairs(order.product_ids) do
    calls[#calls + 1] = {"/call/products/" .. id}
end

local answers = {ngx.location.capture_multi(calls)}
local bodies = {}
for i, answer in ipairs(answers) do
    if answer.status ~= 200 then return ngx.exit(502) end
    bodies[i] = json.decode(answer.body)
end

local user = table.remove(bodies, 1)
local text = json.encode({order = order, user = user, products = bodies})
ngx.header["Content-Type"] = "application/json"
ngx.header["Content-Length"] = #text
ngx.print(text)
