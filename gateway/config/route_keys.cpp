#include "config/route_keys.hpp"

#include "config/value_types.hpp"

namespace weft {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t tib = 1ULL << 40;

void read_response(Reading& reading, const WrittenValue& value, WrittenRoute& route) {
    route.response_at = value.key.at;
    read_section(reading, {value.node, "\"response\"", value.key.at}, response_keys(), route);
}

void read_proxy(Reading& reading, const WrittenValue& value, WrittenRoute& route) {
    WrittenProxy& proxy = route.proxy.emplace();
    proxy.at = value.key.at;
    read_section(reading, {value.node, "\"proxy\"", value.key.at}, proxy_keys(), proxy);
}

void read_batch(Reading& reading, const WrittenValue& value, WrittenStep& step) {
    WrittenBatch& batch = step.batch.emplace();
    batch.at = value.key.at;
    read_section(reading, {value.node, "\"batch\"", value.key.at}, batch_keys(), batch);
}

}  // namespace

const KeyTable<WrittenRoute>& route_keys() {
    using Route = WrittenRoute;
    static const KeyTable<Route> table{
        key("method", &Route::method, TextType{}),
        required(key("path", &Route::path, TextType{TextUse::path})),
        key("timeout", &Route::timeout, DurationType{1ms, 1h}),
        key("body_limit", &Route::body_limit, SizeType{1, tib}),
        key("steps", &Route::steps, NamedType<WrittenStep>{"step", step_keys}),
        {"response", Presence::optional, read_response},
        {"proxy", Presence::optional, read_proxy},
        key("grace", &Route::grace, DurationType{1ms, 1h}),
        not_yet<Route>("tests"),
    };
    return table;
}

const KeyTable<WrittenStep>& step_keys() {
    using Step = WrittenStep;
    static const KeyTable<Step> table{
        required(key("upstream", &Step::upstream, TextType{})),
        key("method", &Step::method, TextType{}),
        required(key("path", &Step::path, TextType{TextUse::path})),
        key("query", &Step::query, NamedTextsType{}),
        key("headers", &Step::headers, NamedTextsType{}),
        key("timeout", &Step::timeout, DurationType{1ms, 1h}),
        key("required", &Step::required, BooleanType{}),
        key("fallback", &Step::fallback, FreeFormType{}),
        key("for_each", &Step::for_each, TextType{TextUse::template_text}),
        key("max_items", &Step::max_items, CountType{1, 10'000}),
        key("max_concurrency", &Step::max_concurrency, CountType{1, 1'000}),
        key("forward", &Step::forward, TextListType{}),
        key("body", &Step::body, FreeFormType{}),
        key("after", &Step::after, TextsType{}),
        key("when", &Step::when, TextType{TextUse::template_text}),
        key("as", &Step::as, TextType{}),
        {"batch", Presence::optional, read_batch},
        key("select", &Step::select, TextListType{}),
        key("omit", &Step::omit, TextListType{}),
        key("rename", &Step::rename, NamedTextsType{}),
        key("success", &Step::success, TextsType{}),
        key("null_on", &Step::null_on, TextsType{}),
        key("on_status", &Step::on_status, StatusRulesType{}),
    };
    return table;
}

const KeyTable<WrittenBatch>& batch_keys() {
    using Batch = WrittenBatch;
    static const KeyTable<Batch> table{
        key("method", &Batch::method, TextType{}),
        required(key("path", &Batch::path, TextType{TextUse::path})),
        key("query", &Batch::query, NamedTextsType{}),
        key("headers", &Batch::headers, NamedTextsType{}),
        key("body", &Batch::body, FreeFormType{}),
        key("max_size", &Batch::max_size, CountType{1, 10'000}),
        key("rows", &Batch::rows, TextType{}),
        required(key("match", &Batch::match, TextType{})),
    };
    return table;
}

const KeyTable<WrittenProxy>& proxy_keys() {
    static const KeyTable<WrittenProxy> table{
        required(key("upstream", &WrittenProxy::upstream, TextType{})),
        required(key("path", &WrittenProxy::path, TextType{TextUse::path})),
    };
    return table;
}

const KeyTable<WrittenRoute>& response_keys() {
    static const KeyTable<WrittenRoute> table{
        key("body", &WrittenRoute::response_body, FreeFormType{}),
        key("status", &WrittenRoute::response_status, CountType{200, 599}),
        key("headers", &WrittenRoute::response_headers, NamedTextsType{}),
    };
    return table;
}

}  // namespace weft
