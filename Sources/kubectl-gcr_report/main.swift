print("kubectl-gcr_report")
