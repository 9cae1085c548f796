#compdef icmpsniff
# Completion of icmpsniff for zsh. Load it in ~/.zshrc, after compinit:
#     eval "$(icmpsniff --completion zsh)"
# or install it as _icmpsniff in a folder of $fpath.

_icmpsniff() {
	local line word about lead
	local -a names abouts open openabouts
	for line in "${(@f)$(${words[1]} --complete "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}"; do
		word=${line%%$'\t'*} about=${line#*$'\t'}
		case $word in
		'') ;;
		:files)
			lead=$about
			compset -P "${(b)lead}"
			_files
			;;
		*[:=]) open+=("$word") openabouts+=("$word  -- $about") ;;
		*) names+=("$word") abouts+=("$word${about:+  -- $about}") ;;
		esac
	done
	(( $#open )) && compadd -S '' -l -d openabouts -- "${open[@]}"
	(( $#names )) && compadd -l -d abouts -- "${names[@]}"
}

if [[ $funcstack[1] == _icmpsniff ]]; then
	_icmpsniff "$@"
else
	compdef _icmpsniff icmpsniff
fi
