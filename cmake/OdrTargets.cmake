# Targets made of whatever sources are there.

# odr_strict(TARGET) - the full set of warnings, for everything that ships.
function(odr_strict target)
	target_link_libraries(${target} PRIVATE odr_flags_strict)
endfunction()

# odr_library(NAME GLOB... [EXCEPT FILE...]) - a static library of the files that match.
function(odr_library name)
	cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "EXCEPT")
	list(TRANSFORM arg_UNPARSED_ARGUMENTS PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
	file(GLOB sources CONFIGURE_DEPENDS ${arg_UNPARSED_ARGUMENTS})
	foreach(file IN LISTS arg_EXCEPT)
		list(REMOVE_ITEM sources ${CMAKE_CURRENT_SOURCE_DIR}/${file})
	endforeach()
	if(NOT sources) # a folder that is still empty: a library needs at least one source
		set(sources ${CMAKE_BINARY_DIR}/empty.c)
		file(CONFIGURE OUTPUT ${sources} CONTENT "typedef int odr_empty;\n")
	endif()
	add_library(${name} STATIC ${sources})
	odr_strict(${name})
endfunction()

# odr_source_options(OPTIONS GLOB...) - extra compiler options for single files.
function(odr_source_options options)
	file(GLOB sources CONFIGURE_DEPENDS ${ARGN})
	if(sources)
		set_property(SOURCE ${sources} APPEND PROPERTY COMPILE_OPTIONS ${options})
	endif()
endfunction()

# odr_programs(PREFIX GLOB [LIBRARY...]) - one program for each file, named PREFIX + file name;
# their names are left in the variable odr_programs.
function(odr_programs prefix glob)
	file(GLOB sources CONFIGURE_DEPENDS ${glob})
	set(names "")
	foreach(source IN LISTS sources)
		cmake_path(GET source STEM name)
		add_executable(${prefix}${name} ${source})
		target_link_libraries(${prefix}${name} PRIVATE odr_flags ${ARGN})
		list(APPEND names ${prefix}${name})
	endforeach()
	set(odr_programs ${names} PARENT_SCOPE)
endfunction()
