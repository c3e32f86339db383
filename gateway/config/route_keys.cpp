#include "config/route_keys.hpp"

#include "config/patterns.hpp"
#include "config/test_keys.hpp"
#include "config/value_types.hpp"

namespace weft {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t tib = 1ULL << 40;

const TextType method{
    .looks_like = "a method",
    .choices = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}};
const TextType target{
    .looks_like = "a path with `{name}` and `${...}`",
    .use = TextUse::path,
    .pattern = pattern::path};
const TextType upstream{.looks_like = "the name of an upstream"};
const NamedTextsType query{"a map, name to text with `${...}`"};
const NamedTextsType headers{"a map, header name to text with `${...}`"};
const FreeFormType body{"any value, with `${...}` in its texts"};
const TextListType paths{"a list of paths such as `address.street`"};

}  // namespace

// NOLINTNEXTLINE(readability-function-size): a table.
const KeyTable<WrittenRoute>& route_keys() {
    using Route = WrittenRoute;
    static const KeyTable<Route> table{
        "route",
        "A route: which requests it answers, and how.",
        {
            key("method",
                &Route::method,
                TextType{
                    .looks_like = "a method", .choices = {"GET", "POST", "PUT", "PATCH", "DELETE"}},
                "The method it answers; a GET route answers HEAD, too"),
            required(
                key("path",
                    &Route::path,
                    TextType{
                        .looks_like = "a path with `{name}`",
                        .use = TextUse::path,
                        .pattern = pattern::path},
                    "The path it answers; `{name}` is any one segment, a last `{name...}` the rest "
                    "(with `proxy` only)")
            ),
            by_default(
                "`defaults.route_timeout`",
                key("timeout",
                    &Route::timeout,
                    DurationType{1ms, 1h},
                    "The deadline of the whole request; every call gets what is left of it")
            ),
            key("grace",
                &Route::grace,
                DurationType{1ms, 1h},
                "How much longer steps that are not required may take once all required ones are "
                "in; without it, as long as the deadline"),
            by_default(
                "`limits.body`",
                key("body_limit",
                    &Route::body_limit,
                    SizeType{1, tib},
                    "The largest body a request may have")
            ),
            key("steps",
                &Route::steps,
                NamedType<WrittenStep>{"step", step_keys, pattern::step_name},
                "What the answer needs, by name; a step starts when what it refers to is in"),
            part("response", &Route::response_at, response_keys, "What the client gets"),
            key("proxy",
                &Route::proxy,
                MapType<WrittenProxy>{proxy_keys},
                "Passes the request through, and the answer back"),
            key("tests",
                &Route::tests,
                MapListType<WrittenTest>{"test", test_keys},
                "What a request gets when the services answer as said here; run by `weft test`"),
        },
        {{"steps", "response"}, {"proxy"}}};
    return table;
}

// NOLINTNEXTLINE(readability-function-size): a table.
const KeyTable<WrittenStep>& step_keys() {
    using Step = WrittenStep;
    static const KeyTable<Step> table{
        "step",
        "One need of a route: a call to an upstream, or one for each item of a list.",
        {
            required(key("upstream", &Step::upstream, upstream, "Whom it calls")),
            by_default("`GET`", key("method", &Step::method, method, "The method of the call")),
            required_unless(
                "batch",
                key("path",
                    &Step::path,
                    target,
                    "The path of the call; every value fills one segment; `{id}` is short for "
                    "`${request.path.id}`")
            ),
            key("query", &Step::query, query, "The query of the call; names and values are encoded"
            ),
            key("headers", &Step::headers, headers, "Headers of the call"),
            key("body", &Step::body, body, "The body of the call, as JSON"),
            key("forward",
                &Step::forward,
                TextListType{"a list of header names", pattern::header_name},
                "Headers of the client this call shows beyond those its upstream may see"),
            by_default(
                "the upstream's",
                key("timeout", &Step::timeout, DurationType{1ms, 1h}, "The longest a call may take")
            ),
            key("required",
                &Step::required,
                BooleanType{},
                "`false`: if it fails, its value is its fallback, and the answer is sent as partial"
            ),
            by_default(
                "null",
                key("fallback",
                    &Step::fallback,
                    FreeFormType{},
                    "Its value if it fails or is skipped")
            ),
            key("when",
                &Step::when,
                TextType{
                    .looks_like = "one `${...}`",
                    .use = TextUse::template_text,
                    .pattern = pattern::expression},
                "The step is skipped unless this is true"),
            key("after",
                &Step::after,
                TextsType{"the name of a step, or a list of them", pattern::step_name},
                "Steps that must have ended before, though it refers to none of them"),
            key("for_each",
                &Step::for_each,
                TextType{
                    .looks_like = "one `${...}`",
                    .use = TextUse::template_text,
                    .pattern = pattern::expression},
                "A list: one call for each different item, and the step's value is the list of "
                "their results"),
            by_default(
                "`item`",
                key("as",
                    &Step::as,
                    TextType{.looks_like = "a name", .pattern = pattern::step_name},
                    "What expressions call the item")
            ),
            key("max_items",
                &Step::max_items,
                CountType{1, 10'000},
                "The most different calls; for more of them, the step fails without one"),
            key("max_concurrency",
                &Step::max_concurrency,
                CountType{1, 1'000},
                "How many of the calls may be in flight at the same time"),
            key("batch",
                &Step::batch,
                MapType<WrittenBatch>{batch_keys},
                "How several items are asked for with one call"),
            key("select",
                &Step::select,
                paths,
                "The members of its value that are sent out; without it, all"),
            key("omit", &Step::omit, paths, "Members of its value that are not sent out"),
            key("rename",
                &Step::rename,
                NamedTextsType{"a map, path to new name"},
                "Members of its value that are sent out under another name"),
            by_default(
                "`2xx`",
                key("success", &Step::success, StatusesType{}, "Which answers are a success")
            ),
            key("null_on",
                &Step::null_on,
                StatusesType{},
                "Answers that are a success without a value: null"),
            key("on_status",
                &Step::on_status,
                StatusRulesType{},
                "What the client gets if a required step fails with that status"),
        }};
    return table;
}

const KeyTable<WrittenBatch>& batch_keys() {
    using Batch = WrittenBatch;
    static const KeyTable<Batch> table{
        "batch",
        "The call that asks for several items of a `for_each` step; `${items}` are those.",
        {
            by_default("`GET`", key("method", &Batch::method, method, "The method of the call")),
            required(key("path", &Batch::path, target, "The path of the call")),
            key("query", &Batch::query, query, "The query of the call"),
            key("headers", &Batch::headers, headers, "Headers of the call"),
            key("body", &Batch::body, body, "The body of the call, as JSON"),
            key("max_size",
                &Batch::max_size,
                CountType{1, 10'000},
                "The most items of one call; a target of 8 KiB ends it earlier"),
            by_default(
                "the whole body",
                key("rows",
                    &Batch::rows,
                    TextType{.looks_like = "a path such as `data.rows`"},
                    "Where the list of rows is in the answer")
            ),
            required(
                key("match",
                    &Batch::match,
                    TextType{.looks_like = "a path such as `id`"},
                    "The member of a row that equals the item it belongs to")
            ),
        }};
    return table;
}

const KeyTable<WrittenProxy>& proxy_keys() {
    static const KeyTable<WrittenProxy> table{
        "proxy",
        "A pass-through: both bodies stream, all headers but hop-by-hop pass.",
        {
            required(key("upstream", &WrittenProxy::upstream, upstream, "Whom it asks")),
            required(
                key("path",
                    &WrittenProxy::path,
                    TextType{
                        .looks_like = "a path with `{name}`",
                        .use = TextUse::path,
                        .pattern = pattern::path},
                    "The path it asks for, with the parameters of the route's path")
            ),
        }};
    return table;
}

const KeyTable<WrittenRoute>& response_keys() {
    using Route = WrittenRoute;
    static const KeyTable<Route> table{
        "response",
        "What the client gets if no required step fails.",
        {
            key("status", &Route::response_status, CountType{200, 599}, "The status of the answer"),
            key("headers", &Route::response_headers, headers, "Headers of the answer"),
            key("body", &Route::response_body, body, "The body of the answer, as JSON"),
        }};
    return table;
}

WordMap route_words() { return words_of(route_keys()); }

}  // namespace weft
