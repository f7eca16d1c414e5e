using Club.Store;
using Club.Tests.Care;
using Club.Tests.Edges;
using Club.Tests.Joining;
using Club.Tests.Running;
using Club.Tests.Transactions;
using Xunit;

namespace Club.Tests.Cosmos;

// The flows of the club once more, on Cosmos DB's own client and a gateway in memory.

public sealed class CosmosAccrualFlowTests(GatewayAccount account) : AccrualFlowTests, IClassFixture<GatewayAccount>
{
    protected override Task<IClubStore> NewStore() => account.NewStore();
}

public sealed class CosmosRegistrationFlowTests(GatewayAccount account) : RegistrationFlowTests, IClassFixture<GatewayAccount>
{
    protected override Task<IClubStore> NewStore() => account.NewStore();
}

public sealed class CosmosSweepFlowTests(GatewayAccount account) : SweepFlowTests, IClassFixture<GatewayAccount>
{
    protected override Task<IClubStore> NewStore() => account.NewStore();
}

public sealed class CosmosCareFlowTests(GatewayAccount account) : CareFlowTests, IClassFixture<GatewayAccount>
{
    protected override Task<IClubStore> NewStore() => account.NewStore();
}

public sealed class CosmosWeChatFlowTests(GatewayAccount account) : WeChatFlowTests, IClassFixture<GatewayAccount>
{
    protected override Task<IClubStore> NewStore() => account.NewStore();
}
