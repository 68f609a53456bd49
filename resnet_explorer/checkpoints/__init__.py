"""Which net a file of weights is: read, described, and held against the named nets and the paper."""




