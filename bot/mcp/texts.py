"""What the MCP server says of itself and its tools."""

from __future__ import annotations

MCP_INSTRUCTIONS = (
    "Trả lời câu hỏi về các văn bản công tác dân vận đang lưu, kèm trích dẫn nguyên văn và địa chỉ. "
    "Dùng đúng lời trong trường quote khi trích; khi status là not_found thì văn bản đang lưu không nêu, "
    "không được suy đoán thay."
)
MCP_ASK = "Trả lời một câu hỏi về các văn bản đang lưu: câu trả lời ngắn, trích nguyên văn, nơi trích."
MCP_SEARCH = "Tìm các đoạn nguyên văn gần nhất với một nội dung; không trả lời thay."
MCP_LIST_DOCUMENTS = "Liệt kê các văn bản đang lưu với mã, số, ngày, cơ quan ban hành."
MCP_GET_PROVISION = "Lấy nguyên văn một mục của văn bản và dòng trích dẫn của mục đó."
MCP_LIST_DUTIES = "Liệt kê việc phải làm theo văn bản, theo cấp, theo cơ quan; có thời hạn, chỉ tiêu nếu văn bản nêu."
MCP_CITE = "Lập trích dẫn cho một đoạn của văn bản theo vị trí ký tự: nguyên văn, địa chỉ, dòng trích dẫn."
