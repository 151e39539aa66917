#!/usr/bin/env bash
# lesson_usage_test.sh BUILD - the drivers of the lesson have their own options and defaults, and
# report a wrong value in one line.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

limit=$((limit / 3)) # nothing here measures

bench=$build/spawnbench
refuse --count=-1 -- '--count=-1: '
refuse --count=2M -- '--count=2M: ' '1000000'
refuse --heap=much -- '--heap=much: '
refuse --size=L1 -- '--size=L1: ' 'no operands' 'number of workers'
refuse --kernel=dot -- '--kernel=dot: no such kernel' '--list'
refuse --kernel=threads -- 'did you mean thread?'
refuse --type=f32 -- '--type=f32: '
refuse --team=resident -k fork -- '--team=resident: fork'
refuse --switch-interval=5ms -- 'unknown option --switch-interval'
refuse --x=a.npy -- '--x=a.npy: ' 'no chosen kernel reads'
bench=$build/sharebench
refuse --count=1 -- 'unknown option --count'
bench=$build/lockbench
refuse --switch-interval=0 -- '--switch-interval=0: ' 'above 0'
refuse --switch-interval=soon -- '--switch-interval=soon: ' '5ms'
bench=$build/iobench
refuse --service-time=-1s -- '--service-time=-1s: ' '0 or more'
refuse --service-time=2h -- '--service-time=2h: ' 'at most 1h'
refuse --compute-share=1.5 -- '--compute-share=1.5: ' 'from 0 to 1'
refuse --compute-share=0.5 -- '--compute-share: has no effect on request'
refuse -k read --service-time=1ms -- '--service-time: has no effect on read'
refuse --size=1e12 -- '--size=1000G: ' 'hours' '--service-time'
refuse --size=64 --service-time=1h -- '--size=64: ' '64 hours'
bench=$build/sharebench
refuse --splits=1x2 -k pipe -- '--splits: no chosen task uses 1x2' '--list'

# Options that only print need no MPI and show what is the driver's own.
for lesson in spawn share lock io; do
    for what in --help --usage --version --list --dry-run; do
        run "$build/${lesson}bench" $what
        claim "$ran: exit code 0" exits 0
        claim "$ran: silent" silent
        claim "$ran: prints" [ -s "$dir/out" ]
        [ $what = --dry-run ] || # which lists every worker's CPU
            claim "$ran: at most 100 columns" \
                equal "$(awk 'length > 100 && !/^commit /' "$dir/out")" '' # the build's flags may be long
    done
    run "$build/${lesson}bench" --list -v
    claim "${lesson}bench --list -v: exit code 0" exits 0
done
run "$build/spawnbench" --list
claim 'spawnbench lists its tasks alone' equal \
    "$(awk 'NR > 1 { print $1 }' "$dir/out" | paste -sd' ')" \
    'fork rank region_cold region_hot spawn thread'
run "$build/spawnbench" --help
claim '--help tells the options of the lesson' holds "$dir/out" '--heap=LIST'
claim '--help tells the defaults of the driver' holds "$dir/out" '--size=1,10,100'
run "$build/spawnbench" --dry-run
claim 'a dry run counts workers' holds "$dir/out" '1, 10, 100 workers'
run "$build/spawnbench" --dry-run -k fork --heap=64M,2M
claim 'a dry run tells the heap beside the operands' \
    holds "$dir/out" '0.064 GB of heap (--heap) in each rank'
run "$build/iobench" --dry-run --topology='pack:1 core:2 pu:1'
claim 'a dry run of waiting goes to 64 workers on 2 cores' holds "$dir/out" ' 1 × 64'
run "$build/sharebench" --dry-run --topology='pack:1 core:8 pu:1'
claim 'handing over takes two workers, whatever the cores' \
    equal "$(grep -c ' × ' "$dir/out")" "$(several && echo 3 || echo 2)"

finish
