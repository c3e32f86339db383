#include "config/test_keys.hpp"

#include "config/patterns.hpp"
#include "config/value_types.hpp"

namespace weft {
namespace {

using namespace std::chrono_literals;

const NamedTextsType headers{"a map, header name to text", TextUse::literal};
const FreeFormType body{"text, taken as it is, or any other value, as JSON", TextUse::literal};

// A map, header name -> text, or null for one that must not be there.
struct ExpectedHeadersType {
    ValueForm form() const {
        return {FormKind::text_or_null_map, "a map, header name to its value, or to null"};
    }

    std::optional<std::vector<WrittenExpectedHeader>> read(
        Reading& reading, const WrittenValue& value
    ) const {
        if (value.node.kind != YamlNodeKind::map) {
            reading.unexpected(value, "a map, name by name");
            return std::nullopt;
        }
        std::vector<WrittenExpectedHeader> all;
        const std::string owner = in_quotes(value.key.value) + " of " + std::string(value.owner);
        for (const YamlMember& member : value.node.members) {
            WrittenExpectedHeader& header = all.emplace_back();
            header.name = member.key;
            if (member.value->kind == YamlNodeKind::null) continue;
            const WrittenValue text{*member.value, member.key, owner};
            auto scalar = reading.scalar(text, "text, or null");
            header.value.emplace();
            if (scalar) header.value = {std::move(scalar->text), scalar->at};
        }
        return all;
    }
};

// A map, upstream -> map, call -> stub.
struct StubsType {
    ValueForm form() const {
        ValueForm form{
            FormKind::named_groups, "a map, upstream to a map, call such as `GET /orders/o-1`"};
        form.pattern = pattern::call;
        form.map = [] { return words_of(stub_keys()); };
        return form;
    }

    std::optional<std::vector<WrittenStubs>> read(Reading& reading, const WrittenValue& value)
        const {
        if (value.node.kind != YamlNodeKind::map) {
            reading.unexpected(value, "a map, upstream by upstream");
            return std::nullopt;
        }
        std::vector<WrittenStubs> all;
        const std::string owner = in_quotes(value.key.value) + " of " + std::string(value.owner);
        const NamedType<WrittenStub> calls{"stub", stub_keys};
        for (const YamlMember& member : value.node.members) {
            WrittenStubs& stubs = all.emplace_back();
            stubs.upstream = member.key;
            auto read = calls.read(reading, {*member.value, member.key, owner});
            if (read) stubs.calls = std::move(*read);
        }
        return all;
    }
};

TableKey<WrittenExpectation> expected_headers() {
    return key(
        "headers",
        &WrittenExpectation::headers,
        ExpectedHeadersType{},
        "Headers it must have, several of a name joined by `, `; with null, must not have; others "
        "are not looked at"
    );
}

TableKey<WrittenExpectation> expected_body() {
    return key(
        "body",
        &WrittenExpectation::body,
        body,
        "Its body: text byte by byte; JSON by its values, where the order of members makes no "
        "difference; without it, the body is not looked at"
    );
}

TableKey<WrittenExpectation> body_match() {
    return key(
        "body_match",
        &WrittenExpectation::body_match,
        TextType{.looks_like = "a way to compare", .choices = {"exact", "contains"}},
        "`exact`: JSON has no members but those of `body`; `contains`: objects may have others"
    );
}

}  // namespace

const KeyTable<WrittenTest>& test_keys() {
    using Test = WrittenTest;
    static const KeyTable<Test> table{
        "test",
        "A request, how the services answer, and what the client must get.",
        {
            required(key("name", &Test::name, TextType{}, "What it shows")),
            required(
                key("request",
                    &Test::request,
                    MapType<WrittenTestRequest>{request_keys},
                    "What the client asks")
            ),
            key("stub",
                &Test::stubs,
                StubsType{},
                "How calls are answered, by upstream; a call that is not here fails the test"),
            required(
                key("expect",
                    &Test::expect,
                    MapType<WrittenExpectation>{expect_keys},
                    "What the client must get")
            ),
        }};
    return table;
}

const KeyTable<WrittenTestRequest>& request_keys() {
    using Request = WrittenTestRequest;
    static const KeyTable<Request> table{
        "request",
        "The request of a test.",
        {
            by_default(
                "the route's",
                key("method",
                    &Request::method,
                    TextType{
                        .looks_like = "a method",
                        .choices = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}},
                    "Its method")
            ),
            required(
                key("path",
                    &Request::path,
                    TextType{.looks_like = "a path with its query", .pattern = pattern::path},
                    "Its path, with a query if there is one, as a client sends it")
            ),
            key("headers", &Request::headers, headers, "Its headers"),
            key("body", &Request::body, body, "Its body"),
        }};
    return table;
}

const KeyTable<WrittenStub>& stub_keys() {
    using Stub = WrittenStub;
    static const KeyTable<Stub> table{
        "stub",
        "How one call is answered. Path and query are compared decoded, parameters in any order.",
        {
            by_default(
                "`200`",
                key("status", &Stub::status, CountType{200, 599}, "The status of the answer")
            ),
            key("headers", &Stub::headers, headers, "Headers of the answer"),
            key("body", &Stub::body, body, "The body of the answer"),
            by_default(
                "none",
                key("delay",
                    &Stub::delay,
                    DurationType{1ms, 1h},
                    "How long the answer, or the fault, takes; no test waits for it")
            ),
            key("fault",
                &Stub::fault,
                TextType{.looks_like = "a fault", .choices = {"refused", "reset"}},
                "Instead of an answer: the connection is refused, or is reset behind the request"),
            key("expect",
                &Stub::expect,
                MapType<WrittenExpectation>{sent_keys},
                "What the call must be like, beyond its method and target"),
        }};
    return table;
}

const KeyTable<WrittenExpectation>& sent_keys() {
    static const KeyTable<WrittenExpectation> table{
        "call", "What a call must be like.", {expected_headers(), expected_body(), body_match()}};
    return table;
}

const KeyTable<WrittenExpectation>& expect_keys() {
    static const KeyTable<WrittenExpectation> table{
        "expect",
        "What the client must get.",
        {
            key("status", &WrittenExpectation::status, CountType{200, 599}, "The status"),
            expected_headers(),
            expected_body(),
            body_match(),
        }};
    return table;
}

}  // namespace weft
