#include "plan/client_status.hpp"

#include <gtest/gtest.h>

namespace weft {
namespace {

enum class Fed : std::uint8_t { by_request, otherwise };
enum class Opens : std::uint8_t { nothing, authorization, cookie };

ClientStatus status_of(const Failure& failure, Fed fed, Opens opens = Opens::nothing) {
    Step step;
    step.fed_only_by_request = fed == Fed::by_request;
    UpstreamPlan upstream;
    upstream.forward = {"x-tenant"};
    if (opens == Opens::authorization) upstream.forward.emplace_back("authorization");
    if (opens == Opens::cookie) upstream.forward.emplace_back("cookie");
    return client_status(failure, step, upstream);
}

Failure answered(int status) {
    return Failure{FailureKind::upstream_status}.with_upstream_status(
        static_cast<std::uint16_t>(status)
    );
}

TEST(ClientStatus, OfAStepFedOnlyByTheRequestIsTheServicesWhereTheClientCanActOnIt) {
    for (const int status : {400, 404, 409, 410, 412, 413, 415, 422, 451}) {
        EXPECT_EQ(status_of(answered(status), Fed::by_request).status, status);
    }
    for (const int status :
         {402, 405, 406, 407, 408, 411, 414, 416, 417, 418, 421, 423, 428, 431}) {
        EXPECT_EQ(status_of(answered(status), Fed::by_request).status, 502) << status;
    }
}

TEST(ClientStatus, OfAStepFedOtherwiseIsNeverTheClientsFault) {
    for (int status = 400; status < 500; ++status) {
        for (const Opens opens : {Opens::nothing, Opens::authorization}) {
            const ClientStatus got = status_of(answered(status), Fed::otherwise, opens);
            EXPECT_EQ(got.status, 502) << status;
            EXPECT_EQ(got.passed, PassedFields::none) << status;
        }
    }
}

TEST(ClientStatus, OfARefusalOfCredentialsDependsOnWhetherTheyAreForwarded) {
    struct Row {
        int status;
        int closed;
    };
    for (const Row row : {Row{401, 502}, Row{403, 502}, Row{429, 503}}) {
        const ClientStatus closed = status_of(answered(row.status), Fed::by_request);
        EXPECT_EQ(closed.status, row.closed);
        EXPECT_EQ(closed.passed, PassedFields::none);
        for (const Opens opens : {Opens::authorization, Opens::cookie}) {
            const ClientStatus open = status_of(answered(row.status), Fed::by_request, opens);
            EXPECT_EQ(open.status, row.status);
            EXPECT_EQ(open.passed, PassedFields::challenge);
        }
    }
}

TEST(ClientStatus, OfAnyOtherAnswerIs502) {
    for (const int status : {300, 301, 302, 304, 500, 501, 503, 504, 599}) {
        EXPECT_EQ(status_of(answered(status), Fed::by_request).status, 502) << status;
    }
}

TEST(ClientStatus, OfAnInputIs400OnlyIfTheRequestGaveIt) {
    for (const FailureKind kind :
         {FailureKind::missing_input,
          FailureKind::invalid_value,
          FailureKind::not_a_list,
          FailureKind::too_many_items}) {
        EXPECT_EQ(status_of(Failure{kind}, Fed::by_request).status, 502);
        EXPECT_EQ(status_of(Failure{kind}.blame(Fault::client), Fed::by_request).status, 400);
    }
}

TEST(ClientStatus, OfACallIsThatOfItsKind) {
    struct Row {
        FailureKind kind;
        int status;
    };
    const std::vector<Row> rows{
        {FailureKind::connection_refused, 502},
        {FailureKind::connection_closed, 502},
        {FailureKind::response_incomplete, 502},
        {FailureKind::protocol, 502},
        {FailureKind::json, 502},
        {FailureKind::response_body_too_large, 502},
        {FailureKind::dns, 502},
        {FailureKind::connect_timeout, 504},
        {FailureKind::read_timeout, 504},
        {FailureKind::write_timeout, 504},
        {FailureKind::deadline, 504},
        {FailureKind::connection_limit, 503},
        {FailureKind::unavailable, 503},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(status_of(Failure{row.kind}, Fed::by_request).status, row.status)
            << traits(row.kind).code;
    }
}

}  // namespace
}  // namespace weft
