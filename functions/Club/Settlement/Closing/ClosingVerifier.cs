using Club.Kernel;
using Club.Store;

namespace Club.Settlement;

/// <summary>Holds closed months against the entries that were recorded until their end, and their statements against the hash.</summary>
internal sealed class ClosingVerifier(ClubCalendar calendar) : IVerifies
{
    private readonly Dictionary<(string Month, WalletCode Wallet), Points> _entries = [];
    private readonly List<ClosedMonth> _closed = [];
    private readonly Dictionary<string, List<ClosedStatement>> _statements = new(StringComparer.Ordinal);

    public Task Verify(Document document, Action<string> differs, CancellationToken cancellation)
    {
        if (document.Type == "entry") Add(SettledEntry.Of(document));
        else if (document.Type == DocumentTypeOf<ClosedMonth>()) _closed.Add(document.As<ClosedMonth>());
        else if (document.Type == DocumentTypeOf<ClosedStatement>())
        {
            var one = document.As<ClosedStatement>();
            if (!_statements.TryGetValue(one.Sha256, out var all)) _statements[one.Sha256] = all = [];
            all.Add(one);
        }
        return Task.CompletedTask;
    }

    public Task End(Action<string> differs, CancellationToken cancellation)
    {
        foreach (var closed in _closed)
        {
            foreach (var check in closed.Check)
            {
                var sum = _entries.Where(one => one.Key.Wallet == check.Wallet && string.CompareOrdinal(one.Key.Month, closed.Month) <= 0)
                    .Sum(one => one.Value);
                if (sum != check.Ledger)
                    differs($"Month {closed.Month} was closed with {check.Ledger} points of {check.Wallet}, the entries recorded until then come to {sum}.");
            }
            var statements = _statements.GetValueOrDefault(closed.Sha256) ?? [];
            var lines = string.Concat(statements.OrderBy(one => one.Party).Select(one => $"{one.Json}\n"));
            if (ClosingRules.Sha256Of(lines) != closed.Sha256)
                differs($"The statements of {closed.Month} are not those that it was closed with.");
        }
        return Task.CompletedTask;
    }

    private void Add(SettledEntry entry)
    {
        if (entry.MergedFrom is not null) return;
        var key = ($"{StatementMonth.Of(calendar.DateOf(entry.RecordedAt))}", entry.Wallet);
        _entries[key] = _entries.GetValueOrDefault(key) + entry.Points;
    }

    private static string DocumentTypeOf<T>() where T : class, IStored<T> => T.DocumentType;
}
