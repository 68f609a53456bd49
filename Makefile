# Short names for tasks.py, which does the work. Pass arguments as: make test ARGS="-k gradients"
.PHONY: run test check docs bench

run test check docs bench:
	@python3 tasks.py $@ $(ARGS)
