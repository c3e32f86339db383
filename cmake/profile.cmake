# What `script/build tuned` does in two passes: `generate` makes a gateway that counts which ways its code takes, `use`
# lays the code out by what was counted. What was never counted is compiled as without.
set(WEFT_PROFILE "" CACHE STRING "generate, use, or empty")
if(WEFT_PROFILE STREQUAL "generate")
    add_compile_options(-fprofile-generate -fprofile-update=prefer-atomic)
    add_link_options(-fprofile-generate)
elseif(WEFT_PROFILE STREQUAL "use")
    add_compile_options(-fprofile-use -fprofile-partial-training -Wno-missing-profile)
    # All rooms as one program. g++ 12's own limits of growth leave it less to inline than rooms apart have.
    set(grow --param=inline-unit-growth=400 --param=large-unit-insns=1000000)
    add_compile_options(-flto=auto -fno-fat-lto-objects ${grow})
    add_link_options(-flto=auto ${grow})
endif()
