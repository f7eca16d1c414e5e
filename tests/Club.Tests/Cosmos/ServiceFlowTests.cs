using Club.Store;
using Club.Tests.Care;
using Club.Tests.Edges;
using Club.Tests.Joining;
using Club.Tests.Running;
using Club.Tests.Transactions;
using Xunit;

namespace Club.Tests.Cosmos;

// The flows of the club on Cosmos DB itself, where CLUB_COSMOS says which.

public sealed class ServiceAccrualFlowTests(ServiceAccount account) : AccrualFlowTests, IClassFixture<ServiceAccount>
{
    protected override Task<IClubStore> NewStore() => account.NewStore();
}

public sealed class ServiceRegistrationFlowTests(ServiceAccount account) : RegistrationFlowTests, IClassFixture<ServiceAccount>
{
    protected override Task<IClubStore> NewStore() => account.NewStore();
}

public sealed class ServiceSweepFlowTests(ServiceAccount account) : SweepFlowTests, IClassFixture<ServiceAccount>
{
    protected override Task<IClubStore> NewStore() => account.NewStore();
}

public sealed class ServiceCareFlowTests(ServiceAccount account) : CareFlowTests, IClassFixture<ServiceAccount>
{
    protected override Task<IClubStore> NewStore() => account.NewStore();
}

public sealed class ServiceWeChatFlowTests(ServiceAccount account) : WeChatFlowTests, IClassFixture<ServiceAccount>
{
    protected override Task<IClubStore> NewStore() => account.NewStore();
}
