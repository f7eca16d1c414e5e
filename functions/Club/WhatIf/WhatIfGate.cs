using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Club.WhatIf;

/// <summary>How much playing of histories the club bears beside its work, section <c>WhatIf</c>.</summary>
public sealed class WhatIfOptions
{
    public const string Section = "WhatIf";

    /// <summary>How many histories one host plays at once. Each takes all its cores and reads every entry.</summary>
    [Range(1, 16, ErrorMessage = "WhatIf__AtOnce must be from 1 to 16.")]
    public int AtOnce { get; set; } = 1;
}

/// <summary>Lets so many in at once and nobody wait: a history takes minutes, and callers who wait hold connections.</summary>
public sealed class WhatIfGate(IOptions<WhatIfOptions> options)
{
    public const int RetrySeconds = 30;

    private readonly int _most = options.Value.AtOnce;
    private int _inside;

    /// <returns>Null when all places are taken; otherwise a place, given back when disposed.</returns>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref _inside) <= _most) return new Place(this);
        Interlocked.Decrement(ref _inside);
        return null;
    }

    private sealed class Place(WhatIfGate gate) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) Interlocked.Decrement(ref gate._inside);
        }
    }
}
