"""The network, alive: who offers what, where and for whom, under which contract, and who has room today."""
