# Học gì tiếp: cuối một bài và trên trang lộ trình
next-title = Học gì tiếp
next-missed = Trong bài này bạn còn bài tập chưa vững:
next-hard = Nếu bài này còn khó
next-from = Gợi ý dựa vào lộ trình, vào điều mỗi bài dạy và cần; bài tập bạn làm sai chỉ được nhớ trong trình duyệt này. Không dựa vào việc người khác đã xem gì.
next-path = Bước tiếp theo của lộ trình
next-builds = Bài này cần điều bạn vừa học: { $outcome }
next-first = Bài này dạy điều cần biết trước: { $outcome }
next-weak = Bài nên xem lại
next-weak-why = Bạn đã làm sai bài tập của những bài này trong thời gian gần đây. Mở ra sẽ thấy nên học gì trước.
next-unsteady = bài tập chưa vững
