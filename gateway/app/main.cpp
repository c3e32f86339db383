#include <exception>
#include <iostream>
#include <string_view>
#include <vector>

#include "app/commands.hpp"

int main(int count, char** values) {
    try {
        const std::vector<std::string_view> arguments{values + 1, values + count};
        return static_cast<int>(weft::execute(arguments));
    } catch (const std::exception& error) {
        std::cerr << "weft: " << error.what() << '\n';
        return static_cast<int>(weft::ExitCode::failed);
    }
}
