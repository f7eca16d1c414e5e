using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Parts;
using Club.Kernel;
using Club.Value;

namespace Club.Desk.Rooms.Worth;

/// <summary>The nine cells, as the reports have counted.</summary>
public sealed class MatrixPage(ValueMatrix matrix) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        DealerId? dealer = visit.Asked("dealerId") is { } named ? new DealerId(named) : null;
        StatementMonth? month = visit.Asked("month") is { } text && StatementMonth.TryParse(text, out var one) ? one : null;
        return Reply.Of<Matrix>(await matrix.Of(dealer, visit.Admitted, cancellation, month), WorthWords.Matrix);
    }

    /// <summary>The pages of the room, as far as they are hers.</summary>
    public static IEnumerable<Tab> Tabs(Visit visit, bool isChurn)
    {
        var dealer = ("dealerId", visit.Asked("dealerId"));
        yield return new Tab(WorthWords.Matrix, Visit.To(WorthRoom.Address, [], dealer), !isChurn);
        if (visit.May(Right.ReadValue)) yield return new Tab(WorthWords.Churn, Visit.To(WorthRoom.Address, ["churn"], dealer), isChurn);
    }
}
